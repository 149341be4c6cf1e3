import {
  type Issue,
  type Scenelet,
  type StoryboardEntry,
  type VisualDesign,
  withoutParentheticals,
} from '@story-tree/domain';
import { includesText } from './includesText.ts';
import type { ShotProductionReply } from './schema.ts';

/** Speech models take two voices at once, so a shot can have two sources at most. */
const MAX_SOURCES = 2;

/** Shots of one scenelet, each of which costs a picture and a recording; a few are usual. */
const MOST_SHOTS = 100;

/** What is wrong with a reply of the right shape, measured against the scenelet and the visual design. */
export function validateShots(reply: ShotProductionReply, scenelet: Scenelet, design: VisualDesign): Issue[] {
  const { shots } = reply;
  if (shots.length > MOST_SHOTS) return [{ path: 'shots', message: `at most ${MOST_SHOTS} shots for a scenelet` }];
  return [
    ...(reply.scenelet_id === scenelet.label
      ? []
      : [{ path: 'scenelet_id', message: `must be "${scenelet.label}", the target` }]),
    ...shots.flatMap((shot, index) =>
      shot.shot_index === index + 1
        ? []
        : [{ path: `shots.${index}.shot_index`, message: `must be ${index + 1}: shots count from 1 without gaps` }],
    ),
    ...shots.flatMap((shot, index) => entryIssues(`shots.${index}.storyboard_entry`, shot.storyboard_entry, design)),
    ...missingLines(reply, scenelet),
  ];
}

function entryIssues(path: string, entry: StoryboardEntry, design: VisualDesign): Issue[] {
  const characters = new Set(design.character_designs.map((character) => character.character_id));
  const environments = new Set(design.environment_designs.map((environment) => environment.environment_id));
  const { referenced_designs: referenced, audio_and_narrative: lines } = entry;
  const unknown = (field: string, ids: readonly string[], known: ReadonlySet<string>) =>
    ids
      .filter((id) => !known.has(id))
      .map((id) => ({ path: `${path}.${field}`, message: `"${id}" is not in the visual design` }));
  const speakers = lines.filter((line) => line.type === 'dialogue').map((line) => line.source);
  const sources = new Set(lines.map((line) => line.source));
  return [
    ...unknown('referenced_designs.characters', referenced.characters, characters),
    ...unknown('referenced_designs.environments', referenced.environments, environments),
    ...unknown('audio_and_narrative', speakers, characters),
    ...(sources.size > MAX_SOURCES
      ? [{ path: `${path}.audio_and_narrative`, message: `at most ${MAX_SOURCES} different sources in one shot` }]
      : []),
  ];
}

/** Every line of the scenelet must be heard; a line may be split, and gain notes, case or spacing. */
function missingLines({ shots }: ShotProductionReply, { content }: Scenelet): Issue[] {
  const heard = plainWords(
    shots.flatMap((shot) => shot.storyboard_entry.audio_and_narrative.map((entry) => entry.line)).join(' '),
  );
  return content.dialogue
    .filter(({ line }) => !includesText(heard, plainWords(line)))
    .map(({ character, line }) => ({ path: 'shots', message: `no shot holds ${character}'s line "${line}"` }));
}

/** Without parentheticals, case and spacing; wide forms as narrow ones, since notes may stand in wide brackets. */
function plainWords(text: string): string {
  return withoutParentheticals(text.normalize('NFKC')).toLowerCase().replace(/\s+/g, '');
}
