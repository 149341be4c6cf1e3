'use client';

import { Spinner } from '../../components/index.ts';
import type { StoryShot } from '../kit/index.ts';
import { useStoryPage, useStoryWork } from '../kit/index.ts';
import { SpeechPlayer } from './SpeechPlayer.tsx';

/** A shot's recording to play, or why there is none. Nothing for shots that are silent by design. */
export function ShotSpeech({ shot, label }: { shot: StoryShot; label: string }) {
  const { addressOf } = useStoryPage();
  const { isMaking } = useStoryWork();
  if (shot.storyboard.audio_and_narrative.length === 0) return null;
  const address = addressOf(shot.audioFilePath);
  if (isMaking('CREATE_SHOT_AUDIO', `${label}/${shot.shotIndex}`)) return <Spinner label="Being spoken" />;
  if (address === null) return <p className="text-ink-faint text-sm">Not spoken yet</p>;
  return <SpeechPlayer address={address} label={`shot ${shot.shotIndex} of ${label}`} />;
}
