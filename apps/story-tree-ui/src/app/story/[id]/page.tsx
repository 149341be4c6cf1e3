import { BestTab } from '../../../features/story/BestTab.tsx';

export default function StoryIndexPage() {
  return <BestTab />;
}
