'use client';

import type { AudioDesign } from '@story-tree/domain';
import { useMemo } from 'react';
import { Badge, Card } from '../../components/index.ts';
import type { Wire } from '../../wire/index.ts';
import { useStoryPage } from '../kit/index.ts';
import { SpeechPlayer } from './SpeechPlayer.tsx';
import { type Voice, type VoiceSample, voiceSamples, voicesOf } from './voices.ts';

/** Who speaks, with which voice, and how it sounds. */
export function VoiceCards({ design }: { design: Wire<AudioDesign> }) {
  const { detail } = useStoryPage();
  const samples = useMemo(() => voiceSamples(detail.shots), [detail.shots]);
  return (
    <div className="grid gap-5 md:grid-cols-2">
      {voicesOf(design).map((voice) => (
        <VoiceCard key={voice.id} voice={voice} sample={samples.get(voice.id) ?? null} />
      ))}
    </div>
  );
}

function VoiceCard({ voice, sample }: { voice: Voice; sample: VoiceSample | null }) {
  return (
    <Card className="flex flex-col gap-3 p-5">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <h3 dir="auto" className="min-w-0 text-lg">
          {voice.name}
        </h3>
        <Badge tone="accent">{voice.voiceName}</Badge>
      </div>
      <p dir="auto" className="text-ink-soft text-sm">
        {voice.profile}
      </p>
      <div className="mt-auto border-line border-t pt-3">
        {sample ? <Sample voice={voice} sample={sample} /> : <p className="text-ink-faint text-sm">No sample yet</p>}
      </div>
    </Card>
  );
}

function Sample({ voice, sample: { shot, line, alone } }: { voice: Voice; sample: VoiceSample }) {
  const { addressOf } = useStoryPage();
  const address = addressOf(shot.audioFilePath);
  if (address === null) return null;
  return (
    <>
      <blockquote dir="auto" className="mb-2 line-clamp-3 font-display text-[0.95rem] italic">
        {line}
      </blockquote>
      <SpeechPlayer address={address} label={`a sample of ${voice.name}`} />
      {!alone && <p className="mt-1 text-ink-faint text-xs">Others speak in it too.</p>}
    </>
  );
}
