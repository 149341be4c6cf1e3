import Compass from 'lucide-react/icons/compass';
import type { Metadata } from 'next';
import { ButtonLink } from '../components/Button.tsx';
import { EmptyState } from '../components/EmptyState.tsx';
import { PageBody } from '../components/PageBody.tsx';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <PageBody width="text">
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        icon={Compass}
        title="This branch leads nowhere"
        actions={
          <ButtonLink href="/story" variant="primary">
            All stories
          </ButtonLink>
        }
      >
        <p>There is no page at this address. A story that was here may have been deleted.</p>
      </EmptyState>
    </PageBody>
  );
}
