'use client';

import ExternalLink from 'lucide-react/icons/external-link';
import Maximize from 'lucide-react/icons/maximize';
import PlayIcon from 'lucide-react/icons/play';
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
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
  const { isOutdated, load, loads } = useLoadedStory();
  const tellTitle = useTellTitle(frame, detail.story.displayName);

  return (
    <PageBody className="space-y-4 sm:py-6">
      <MakingNote tasks={['CREATE_SHOT_IMAGES', 'CREATE_SHOT_AUDIO', 'CREATE_PLAYER_BUNDLE']} />
      <div className="overflow-hidden rounded-card border border-line bg-sunken shadow-lift">
        <iframe
          // Another start differs only in the fragment, which by itself would load nothing.
          key={`${loads} ${address}`}
          ref={frame}
          src={address}
          onLoad={tellTitle}
          title={`Player: ${detail.story.displayName}`}
          allow="fullscreen; autoplay"
          className="block aspect-[3/4] max-h-[78dvh] w-full sm:aspect-video"
        />
      </div>
      {isOutdated && (
        <p role="status" className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-ink-soft text-sm">
          The story has changed since the player was opened.
          <Button size="small" onClick={load}>
            Load the changes
          </Button>
        </p>
      )}
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

/**
 * Whether the story's text, pictures or voices have changed since the player loaded them, and how to load it again: when
 * the person wants it, since that interrupts the playing.
 */
function useLoadedStory() {
  const { detail, addressOf } = useStoryPage();
  const { scenelets, shots } = detail;
  const files = useMemo(
    () => shots.flatMap((shot) => [addressOf(shot.keyFrameImagePath), addressOf(shot.audioFilePath)]).join('\n'),
    [shots, addressOf],
  );
  // What is read again without having changed stays the same object.
  const [loaded, setLoaded] = useState({ scenelets, shots, files, loads: 0 });
  return {
    isOutdated: loaded.scenelets !== scenelets || loaded.shots !== shots || loaded.files !== files,
    load: () => setLoaded({ scenelets, shots, files, loads: loaded.loads + 1 }),
    loads: loaded.loads,
  };
}

/** Tells the player the story's title whenever it changes. What it returns tells it again, for a player that has just been loaded. */
function useTellTitle(frame: RefObject<HTMLIFrameElement | null>, title: string): () => void {
  const tell = () => frame.current?.contentWindow?.postMessage({ title }, location.origin);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another title is the reason to tell it
  useEffect(tell, [title]);
  return tell;
}

/** Where the app serves a story's player; its data and its start are in the fragment, where the player reads them. */
export function playerAddress(storyId: string, start: string | null): string {
  const story = `/api/stories/${encodeURIComponent(storyId)}`;
  const fragment = new URLSearchParams({ bundle: `${story}/bundle`, ...(start === null ? {} : { start }) });
  return `${story}/player.html?embedded#${fragment}`;
}
