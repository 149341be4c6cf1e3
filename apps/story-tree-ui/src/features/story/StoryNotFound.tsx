import Compass from 'lucide-react/icons/compass';
import { ButtonLink, EmptyState, PageBody } from '../../components/index.ts';

/** For addresses of stories that never were, and of those that are no more. */
export function StoryNotFound() {
  return (
    <PageBody>
      <EmptyState
        icon={Compass}
        title="There is no such story"
        actions={
          <ButtonLink href="/story" variant="primary">
            Back to your stories
          </ButtonLink>
        }
      >
        <p>It was deleted, or its address is not quite right.</p>
      </EmptyState>
    </PageBody>
  );
}
