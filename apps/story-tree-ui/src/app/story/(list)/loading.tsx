import { PageBody } from '../../../components/PageBody.tsx';
import { StoryGridSkeleton } from '../../../features/stories/StoryGrid.tsx';

export default function Loading() {
  return (
    <PageBody>
      <h1 className="mb-8 text-3xl sm:text-4xl">Stories</h1>
      <StoryGridSkeleton />
    </PageBody>
  );
}
