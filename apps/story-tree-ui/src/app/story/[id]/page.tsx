import { BestTab } from '../../../features/story/StoryTab.tsx';

export default function StoryIndexPage() {
  return <BestTab />;
}
