'use client';

import type { AudioDesign } from '@story-tree/domain';
import AudioLines from 'lucide-react/icons/audio-lines';
import { Card, PageBody } from '../../components/index.ts';
import type { Wire } from '../../wire/index.ts';
import { counted, MakingNote, SceneletLink, Section, TabEmpty, TaskStatusNote, useStoryPage } from '../kit/index.ts';
import { SpokenShots } from './SpokenShots.tsx';
import { VoiceCards } from './VoiceCards.tsx';

const SPEECH = 'CREATE_SHOT_AUDIO';

export default function AudioTab() {
  const { detail } = useStoryPage();
  const design = detail.story.audioDesignDocument;
  if (design !== null) return <AudioDesignView design={design} />;
  return (
    <TabEmpty task="CREATE_AUDIO_DESIGN" icon={AudioLines} title="Nobody has a voice yet">
      <p>The audio design casts a voice for the narrator and every character, and says how the story sounds.</p>
    </TabEmpty>
  );
}

function AudioDesignView({ design }: { design: Wire<AudioDesign> }) {
  const { detail } = useStoryPage();
  const { sonic_identity: identity, music_and_ambience_cues: cues } = design;
  return (
    <PageBody className="space-y-12">
      <MakingNote tasks={['CREATE_AUDIO_DESIGN', SPEECH]} />
      <Section title="Sonic identity">
        <dl className="grid gap-6 md:grid-cols-2">
          <Fact name="Music" text={identity.musical_direction} />
          <Fact name="Sound effects" text={identity.sound_effect_philosophy} />
        </dl>
      </Section>
      <Section title="Voices" note={counted(design.character_voice_profiles.length + 1, 'voice')}>
        <VoiceCards design={design} />
      </Section>
      <Section
        title="Lines"
        note="What is said in each shot, in the order of the story"
        actions={detail.shots.length > 0 && <TaskStatusNote task={SPEECH} />}
      >
        <SpokenShots design={design} />
      </Section>
      <Section title="Music and ambience" note={counted(cues.length, 'cue')}>
        <div className="grid gap-5 md:grid-cols-2">
          {cues.map((cue, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two cues may have one name
            <CueCard key={index} cue={cue} />
          ))}
        </div>
      </Section>
    </PageBody>
  );
}

function Fact({ name, text }: { name: string; text: string }) {
  return (
    <div>
      <dt className="text-ink-faint text-xs">{name}</dt>
      <dd dir="auto" className="mt-0.5 whitespace-pre-line">
        {text}
      </dd>
    </div>
  );
}

function CueCard({ cue }: { cue: Wire<AudioDesign>['music_and_ambience_cues'][number] }) {
  const { tree } = useStoryPage();
  const labels = cue.associated_scenelet_ids.filter((label) => tree.byLabel.has(label));
  return (
    <Card className="space-y-3 p-5 text-sm">
      <h3 dir="auto" className="text-base">
        {cue.cue_name}
      </h3>
      <p dir="auto">{cue.cue_description}</p>
      <details>
        <summary className="text-ink-soft hover:text-ink">The prompt for a composer</summary>
        <p dir="auto" className="mt-2 rounded-control bg-sunken px-3 py-2 text-ink-soft">
          {cue.music_generation_prompt}
        </p>
      </details>
      {labels.length > 0 && (
        <p className="flex flex-wrap gap-x-2.5 gap-y-1">
          <span className="sr-only">Heard in</span>
          {labels.map((label) => (
            <SceneletLink key={label} label={label} />
          ))}
        </p>
      )}
    </Card>
  );
}
