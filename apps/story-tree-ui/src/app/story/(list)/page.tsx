import type { Metadata } from 'next';
import { StoriesPage } from '../../../features/stories/StoriesPage.tsx';

export const metadata: Metadata = { title: 'Stories' };

export default function Page() {
  return <StoriesPage />;
}
