'use client';

import type { Scenelet } from '@story-tree/domain';
import FileSearch from 'lucide-react/icons/file-search';
import { useState } from 'react';
import { Card, IconButton } from '../../components/index.ts';
import { ShotLines, ShotSpeech } from '../audio/ShotLines.tsx';
import { Picture, RegenerateButton, SceneletLink, type StoryShot, useStoryWork } from '../kit/index.ts';
import { ShotRequestsDialog } from './ShotRequestsDialog.tsx';
import { StoryboardEntryFacts } from './StoryboardEntryFacts.tsx';

/** The shots of one scenelet, under its description. */
export function SceneletShots({
  scenelet: { label, content },
  shots,
  speakers,
}: {
  scenelet: Scenelet;
  shots: readonly StoryShot[];
  speakers: ReadonlyMap<string, string>;
}) {
  return (
    <section aria-label={label}>
      <div className="mb-4 max-w-3xl">
        <h2 className="font-sans">
          <SceneletLink label={label} />
        </h2>
        <p dir="auto" className="mt-1 line-clamp-2 font-display text-[1.0625rem]">
          {content.description}
        </p>
      </div>
      <div className="grid gap-6 md:grid-cols-2 xl:grid-cols-3">
        {shots.map((shot) => (
          <ShotCard key={shot.id} shot={shot} label={label} speakers={speakers} />
        ))}
      </div>
    </section>
  );
}

const PICTURES = 'CREATE_SHOT_IMAGES';

/** One shot: its key frame, its lines, its storyboard entry, and the ways to regenerate it. */
function ShotCard({
  shot,
  label,
  speakers,
}: {
  shot: StoryShot;
  label: string;
  speakers: ReadonlyMap<string, string>;
}) {
  const { isMaking } = useStoryWork();
  const { shotIndex, storyboard } = shot;
  const target = { targetSceneletId: label, targetShotIndex: shotIndex };
  return (
    <Card className="flex flex-col overflow-hidden">
      <Picture
        path={shot.keyFrameImagePath}
        alt={storyboard.composition_and_content}
        title={`Shot ${shotIndex} of ${label}`}
        isBeingMade={isMaking(PICTURES, `${label}/${shotIndex}`)}
      />
      <div className="flex flex-1 flex-col gap-4 p-5">
        <div className="-my-1 flex items-center justify-between">
          <h3 className="font-sans font-semibold text-sm">Shot {shotIndex}</h3>
          <RequestsButton shot={shot} label={label} />
        </div>
        <ShotLines shot={shot} speakers={speakers} />
        <ShotSpeech shot={shot} label={label} />
        <StoryboardEntryFacts entry={storyboard} />
        <div className="mt-auto flex flex-wrap gap-2 border-line border-t pt-4">
          <RegenerateButton task={PICTURES} target={target} thing="picture" exists={shot.keyFrameImagePath !== null} />
          {storyboard.audio_and_narrative.length > 0 && (
            <RegenerateButton
              task="CREATE_SHOT_AUDIO"
              target={target}
              thing="speech"
              exists={shot.audioFilePath !== null}
            />
          )}
        </div>
      </div>
    </Card>
  );
}

function RequestsButton({ shot, label }: { shot: StoryShot; label: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <IconButton label="Prompts used" size="small" icon={FileSearch} onClick={() => setOpen(true)} />
      {isOpen && <ShotRequestsDialog shot={shot} label={label} onClose={() => setOpen(false)} />}
    </>
  );
}
