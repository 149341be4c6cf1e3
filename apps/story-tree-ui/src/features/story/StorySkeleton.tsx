import { PageBody, Skeleton, SkeletonText } from '../../components/index.ts';

/** The page of a story while it loads. */
export function StorySkeleton() {
  return (
    <PageBody className="space-y-8">
      <p role="status" className="sr-only">
        The story is loading.
      </p>
      <div className="flex flex-wrap justify-between gap-4">
        <div className="w-full max-w-md space-y-3">
          <Skeleton className="h-9 w-4/5" />
          <Skeleton className="h-5 w-3/5" />
        </div>
        <Skeleton className="h-10 w-56" />
      </div>
      <Skeleton className="h-10 w-full" />
      <SkeletonText lines={8} />
    </PageBody>
  );
}
