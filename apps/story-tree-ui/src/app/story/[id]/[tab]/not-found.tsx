import { NoSuchTab } from '../../../../features/story/StoryErrors.tsx';

export default function TabNotFound() {
  return <NoSuchTab />;
}
