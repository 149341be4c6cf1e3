'use client';

import Link from 'next/link';
import { SpeechPlayer } from '../../audio/SpeechPlayer.tsx';
import { speakerNames } from '../../audio/voices.ts';
import type { StoryShot } from '../../kit/index.ts';
import { Picture, storyHref, useStoryPage, useStoryWork } from '../../kit/index.ts';
import { ShotDetails } from './ShotDetails.tsx';

/** One shot: its key frame, what is said meanwhile, and what it was made from. */
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
            All about it in Shots
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
