import { PageBody, Skeleton, SkeletonText } from '../../components/index.ts';

/** A tab while its parts load. */
export function TabSkeleton() {
  return (
    <PageBody className="space-y-6">
      <p role="status" className="sr-only">
        This part of the story is loading.
      </p>
      <Skeleton className="h-8 w-64" />
      <SkeletonText lines={6} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Skeleton className="aspect-video w-full" />
        <Skeleton className="aspect-video w-full" />
      </div>
    </PageBody>
  );
}
