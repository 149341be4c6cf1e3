'use client';

import Download from 'lucide-react/icons/download';
import { buttonClass } from '../../components/buttonClass.ts';
import { ReasonedButton, useStoryPage } from '../kit/index.ts';

/** The whole bundle as one file to keep or to hand on. */
export function DownloadButton() {
  const { storyId, detail } = useStoryPage();
  if (!detail.playable) {
    return (
      <ReasonedButton icon={Download} reason="There is nothing to download until a path of the story can be played.">
        Download
      </ReasonedButton>
    );
  }
  return (
    <a href={`/api/stories/${encodeURIComponent(storyId)}/bundle.zip`} download className={buttonClass()}>
      <Download size={16} />
      Download
    </a>
  );
}
