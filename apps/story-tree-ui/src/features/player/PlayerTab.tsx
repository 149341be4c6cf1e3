'use client';

import ExternalLink from 'lucide-react/icons/external-link';
import Maximize from 'lucide-react/icons/maximize';
import PlayIcon from 'lucide-react/icons/play';
import { useRef } from 'react';
import { Button, buttonClass, PageBody } from '../../components/index.ts';
import { MakingNote, SceneletLink, TabEmpty, useAddressParam, useStoryPage } from '../kit/index.ts';

export default function PlayerTab() {
  const { detail } = useStoryPage();
  if (detail.playable) return <Player />;
  return (
    <TabEmpty task="CREATE_SHOT_IMAGES" icon={PlayIcon} title="There is nothing to play yet">
      <p>The story plays as soon as a path through it has pictures or voices.</p>
    </TabEmpty>
  );
}

function Player() {
  const { storyId, detail, tree } = useStoryPage();
  const frame = useRef<HTMLIFrameElement>(null);
  const [wanted, setWanted] = useAddressParam('scenelet');
  const start = wanted !== null && tree.byLabel.has(wanted) ? wanted : null;
  const address = playerAddress(storyId, start);

  return (
    <PageBody className="space-y-4 sm:py-6">
      <MakingNote tasks={['CREATE_SHOT_IMAGES', 'CREATE_SHOT_AUDIO', 'CREATE_PLAYER_BUNDLE']} />
      <div className="overflow-hidden rounded-card border border-line bg-sunken shadow-lift">
        <iframe
          // Another start differs only in the fragment, which by itself would load nothing.
          key={address}
          ref={frame}
          src={address}
          title={`Player: ${detail.story.displayName}`}
          allow="fullscreen; autoplay"
          className="block aspect-[3/4] max-h-[78dvh] w-full sm:aspect-video"
        />
      </div>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="flex flex-wrap items-center gap-3 text-ink-soft text-sm">
          {start !== null && (
            <>
              <span>
                Starts at <SceneletLink label={start} />
              </span>
              <Button size="small" variant="ghost" onClick={() => setWanted(null)}>
                Play from the beginning
              </Button>
            </>
          )}
        </div>
        <div className="flex flex-wrap gap-2">
          <a href={address} target="_blank" rel="noopener" className={buttonClass('ghost', 'small')}>
            <ExternalLink size={14} />
            Open in a new tab
          </a>
          <Button size="small" icon={Maximize} onClick={() => void frame.current?.requestFullscreen()}>
            Full screen
          </Button>
        </div>
      </div>
    </PageBody>
  );
}

/** Where the app serves a story's player; its data and its start are in the fragment, where the player reads them. */
export function playerAddress(storyId: string, start: string | null): string {
  const story = `/api/stories/${encodeURIComponent(storyId)}`;
  const fragment = new URLSearchParams({ bundle: `${story}/bundle`, ...(start === null ? {} : { start }) });
  return `${story}/player.html?embedded#${fragment}`;
}
