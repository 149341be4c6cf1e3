'use client';

import type { StoryboardEntry } from '@story-tree/domain';
import type { Wire } from '../../wire/index.ts';
import { listed, useStoryPage } from '../kit/index.ts';

type Entry = Wire<StoryboardEntry>;

const FACTS = [
  ['Framing', 'framing_and_angle'],
  ['Content', 'composition_and_content'],
  ['Action and emotion', 'character_action_and_emotion'],
  ['Camera', 'camera_dynamics'],
  ['Light', 'lighting_and_atmosphere'],
  ['Continuity', 'continuity_notes'],
] as const;

/** The storyboard entry of a shot. */
export function StoryboardEntryFacts({ entry }: { entry: Entry }) {
  const designs = useReferencedNames(entry);
  return (
    <details className="text-sm">
      <summary className="text-ink-soft hover:text-ink">Storyboard entry</summary>
      <dl className="mt-3 space-y-2.5">
        {FACTS.map(([name, key]) => (
          <Fact key={key} name={name} text={entry[key]} />
        ))}
        <Fact name="In the picture" text={designs} />
      </dl>
    </details>
  );
}

function Fact({ name, text }: { name: string; text: string }) {
  if (text.trim() === '') return null;
  return (
    <div>
      <dt className="text-ink-faint text-xs">{name}</dt>
      <dd dir="auto">{text}</dd>
    </div>
  );
}

/** The characters and environments that an entry refers to, by name. */
function useReferencedNames({ referenced_designs: { characters, environments } }: Entry): string {
  const { detail } = useStoryPage();
  const design = detail.story.visualDesignDocument;
  const names = new Map([
    ...(design?.character_designs ?? []).map((each): [string, string] => [each.character_id, each.character_name]),
    ...(design?.environment_designs ?? []).map((each): [string, string] => [
      each.environment_id,
      each.environment_name,
    ]),
  ]);
  return listed([...characters, ...environments].map((id) => names.get(id) ?? id));
}
