'use client';

import Link from 'next/link';
import { useState } from 'react';
import { CopyButton, ErrorState, SkeletonText } from '../../../components/index.ts';
import { SpeechPlayer } from '../../audio/SpeechPlayer.tsx';
import { speakerNames } from '../../audio/voices.ts';
import { Picture, type StoryShot, storyHref, useShotRequests, useStoryPage, useStoryWork } from '../../kit/index.ts';

/** One shot: its key frame, its lines, and what it was made from. */
export function ShotEntry({ label, shot }: { label: string; shot: StoryShot }) {
  const { storyId, addressOf } = useStoryPage();
  const { isMaking } = useStoryWork();
  const { storyboard, shotIndex } = shot;
  const unit = `${label}/${shotIndex}`;
  const speech = addressOf(shot.audioFilePath);
  return (
    <li className="overflow-hidden rounded-card border border-line bg-raised">
      <Picture
        path={shot.keyFrameImagePath}
        alt={storyboard.composition_and_content}
        title={`${label}, shot ${shotIndex}`}
        isBeingMade={isMaking('CREATE_SHOT_IMAGES', unit)}
      />
      <div className="space-y-2.5 px-3.5 py-3 text-sm">
        <div className="flex items-baseline justify-between gap-2">
          <h4 className="font-semibold">Shot {shotIndex}</h4>
          <Link
            href={storyHref(storyId, 'shots', { scenelet: label })}
            className="text-ink-soft text-xs underline decoration-line-strong underline-offset-4 hover:text-accent"
          >
            Details in Shots
          </Link>
        </div>
        <ShotLines shot={shot} />
        {speech !== null && <SpeechPlayer address={speech} label={`speech of shot ${shotIndex}`} />}
        {speech === null && storyboard.audio_and_narrative.length > 0 && (
          <p className="text-ink-faint text-xs">
            {isMaking('CREATE_SHOT_AUDIO', unit) ? 'The speech is being made.' : 'No speech yet.'}
          </p>
        )}
        <ShotDetails shot={shot} />
      </div>
    </li>
  );
}

function ShotLines({ shot }: { shot: StoryShot }) {
  const { detail } = useStoryPage();
  const names = speakerNames(detail.story.audioDesignDocument);
  const lines = shot.storyboard.audio_and_narrative;
  if (lines.length === 0) return <p className="text-ink-faint">Silent.</p>;
  return (
    <ul className="space-y-1.5">
      {lines.map(({ source, line }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same person may say the same words twice
        <li key={at} dir="auto">
          <span className="font-semibold">{names.get(source) ?? source}</span> <q className="text-ink-soft">{line}</q>
        </li>
      ))}
    </ul>
  );
}

const ASPECTS = [
  ['framing_and_angle', 'Framing'],
  ['composition_and_content', 'Composition'],
  ['character_action_and_emotion', 'Action'],
  ['camera_dynamics', 'Camera'],
  ['lighting_and_atmosphere', 'Light'],
  ['continuity_notes', 'Continuity'],
] as const;

/** The storyboard entry of a shot, and the prompts that were sent for it; both collapsible. */
function ShotDetails({ shot }: { shot: StoryShot }) {
  const [isOpen, setOpen] = useState(false);
  const aspects = ASPECTS.filter(([key]) => shot.storyboard[key].trim() !== '');
  return (
    <div className="space-y-1.5">
      <details>
        <summary className={SUMMARY}>Storyboard entry</summary>
        <dl className="mt-2 space-y-2">
          {aspects.map(([key, name]) => (
            <div key={key}>
              <dt className="text-ink-faint text-xs">{name}</dt>
              <dd dir="auto">{shot.storyboard[key]}</dd>
            </div>
          ))}
        </dl>
      </details>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className={SUMMARY}>Prompts</summary>
        {isOpen && <Prompts shotId={shot.id} />}
      </details>
    </div>
  );
}

const SUMMARY = 'rounded text-ink-soft text-xs hover:text-ink';

/** Read only when somebody wants to see them. */
function Prompts({ shotId }: { shotId: string }) {
  const { storyId } = useStoryPage();
  const { data, error, refetch, isFetching } = useShotRequests(storyId, shotId);
  if (error) return <ErrorState error={error} onRetry={refetch} retrying={isFetching} />;
  if (data === undefined) return <SkeletonText lines={4} />;
  if (data.image === null && data.speech === null) {
    return <p className="mt-2 text-ink-faint">Nothing was sent for this shot yet.</p>;
  }
  return (
    <div className="mt-2 space-y-3">
      <Prompt name="For the key frame" request={data.image} />
      <Prompt name="For the speech" request={data.speech} />
    </div>
  );
}

function Prompt({ name, request }: { name: string; request: unknown }) {
  if (request === null) return null;
  const text = JSON.stringify(request, null, 2);
  return (
    <div>
      <div className="mb-1 flex items-center justify-between gap-2">
        <span className="text-ink-faint text-xs">{name}</span>
        <CopyButton text={text} label={`Copy the prompt ${name.toLowerCase()}`} iconOnly />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be in reach of the keyboard */}
      <pre tabIndex={0} className="max-h-72 overflow-auto rounded-control bg-sunken p-3 font-mono text-xs">
        {text}
      </pre>
    </div>
  );
}
