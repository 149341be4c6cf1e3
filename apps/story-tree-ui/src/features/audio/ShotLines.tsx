'use client';

import { Spinner } from '../../components/index.ts';
import { type StoryShot, useStoryPage, useStoryWork } from '../kit/index.ts';
import { SpeechPlayer } from './SpeechPlayer.tsx';

/** The lines of a shot, each with its speaker. */
export function ShotLines({ shot, speakers }: { shot: StoryShot; speakers: ReadonlyMap<string, string> }) {
  const lines = shot.storyboard.audio_and_narrative;
  if (lines.length === 0) return <p className="text-ink-faint text-sm">Nothing is said in this shot.</p>;
  return (
    <dl className="space-y-1.5">
      {lines.map(({ source, line }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a shot keep their places
        <div key={index}>
          <dt dir="auto" className="text-ink-faint text-xs">
            {speakers.get(source) ?? source}
          </dt>
          <dd dir="auto" className="font-display text-[0.98rem] leading-snug">
            {line}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A shot's recording to play, or why it is missing. Nothing for shots that are silent by design. */
export function ShotSpeech({ shot, label }: { shot: StoryShot; label: string }) {
  const { addressOf } = useStoryPage();
  const { isMaking } = useStoryWork();
  if (shot.storyboard.audio_and_narrative.length === 0) return null;
  const address = addressOf(shot.audioFilePath);
  if (isMaking('CREATE_SHOT_AUDIO', `${label}/${shot.shotIndex}`)) return <Spinner label="Being recorded" />;
  if (address === null) return <p className="text-ink-faint text-sm">Not recorded yet</p>;
  return <SpeechPlayer address={address} label={`shot ${shot.shotIndex} of ${label}`} />;
}
