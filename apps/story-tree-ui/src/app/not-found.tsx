import type { Metadata } from 'next';
import { NothingHere } from '../components/EmptyState.tsx';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <NothingHere title="This branch leads nowhere" href="/story" way="All stories">
      There is no page at this address. A story that was here may have been deleted.
    </NothingHere>
  );
}
