import { NoSuchTab } from '../../../../features/story/StoryTab.tsx';

export default function TabNotFound() {
  return <NoSuchTab />;
}
