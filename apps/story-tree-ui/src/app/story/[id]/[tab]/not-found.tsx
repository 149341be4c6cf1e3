import { NoSuchTab } from '../../../../features/story/NoSuchTab.tsx';

export default function TabNotFound() {
  return <NoSuchTab />;
}
