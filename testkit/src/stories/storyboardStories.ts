import { randomUUID } from 'node:crypto';
import { link, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type AudioLine, keyFramePath, type NewShot, type StoryRepositories } from '@story-tree/domain';
import { createStoryRepositories } from '@story-tree/supabase';
import sharp from 'sharp';
import { planTree, type SyntheticPlan } from '../../../stub-models/src/synthetic/plan.ts';
import type { TestDatabase } from '../database/database.ts';
import type { Workplace } from '../programs/cli.ts';
import { audioDesignOf, visualDesignOf } from './tellableStory.ts';

/** What is written at the same time: as much as the pool has connections for. */
const AT_ONCE = 8;

export interface BoardSketch {
  scenelets: number;
  /** Shots of each scenelet; none unless told otherwise. */
  shots?: number;
  /** The path that ends here stops short instead. */
  openAt?: string;
}

const CAST = { mara: 'Mara', old_finn: 'Old Finn' };

/** Puts a story of so many scenelets straight into a workplace; every third picture is missing. Returns its id. */
export async function seedBoard({ database, assets }: Workplace, sketch: BoardSketch): Promise<string> {
  const repositories = createStoryRepositories(database.kysely);
  const { id } = await repositories.stories.create({
    displayName: `The Lamp Below, in ${sketch.scenelets} scenelets`,
    namedByPerson: true,
    initialPrompt: 'A lighthouse keeper finds a door in the sea.',
    creationOptions: {},
    mode: 'stub',
  });
  await repositories.stories.saveConstitution(id, {
    markdown: '# The Lamp Below\n\nA story about what one owes the sea.',
    targetSceneletsPerPath: 8,
    proposedTitle: 'The Lamp Below',
  });
  await repositories.stories.saveVisualDesign(id, visualDesignOf(CAST, { lamp_room: 'The Lamp Room' }));
  await repositories.stories.saveAudioDesign(id, audioDesignOf(CAST));
  await writeScript(database, id, sketch);
  if (sketch.shots) await writeShots(repositories, assets, id, sketch.shots);
  return id;
}

/** Writes all rows at once: one after the other, as stories are told, thousands would take many seconds. */
async function writeScript(
  { pool }: TestDatabase,
  storyId: string,
  { scenelets: sceneletCount, openAt }: BoardSketch,
): Promise<void> {
  const plan = planTree({ sceneletCount, branching: 3, shotsPerScenelet: 1 });
  const rows: SceneletRow[] = [];
  let level: (SceneletRow | null)[] = [null];
  while (level.length > 0) {
    level = level.flatMap((parent) => {
      const labels = plan.get(parent?.label ?? 'root') ?? [];
      return labels.map((label, ordinal) => newRow(plan, { storyId, parent, label, ordinal, openAt }));
    });
    rows.push(...level.filter((row) => row !== null));
  }
  // The others are filled in by the database.
  const columns = Object.keys(rows[0] ?? {}).join(', ');
  await pool.query(
    `insert into public.scenelets (${columns}) select ${columns} from jsonb_populate_recordset(null::public.scenelets, $1)`,
    [JSON.stringify(rows)],
  );
}

interface Place {
  storyId: string;
  parent: { id: string; label: string } | null;
  label: string;
  ordinal: number;
  openAt: string | undefined;
}

function newRow(plan: SyntheticPlan, { storyId, parent, label, ordinal, openAt }: Place) {
  const text = [pick(OPENINGS, label), pick(MIDDLES, label), pick(MIDDLES, `${label} again`)].join(' ');
  const below = plan.get(label)?.length ?? 0;
  const siblings = plan.get(parent?.label ?? 'root')?.length ?? 0;
  return {
    id: randomUUID(),
    story_id: storyId,
    parent_id: parent?.id ?? null,
    label,
    ordinal,
    choice_label_from_parent: siblings > 1 ? pick(CHOICES, label) : null,
    choice_prompt: below > 1 ? pick(QUESTIONS, label) : null,
    is_branch_point: below > 1,
    is_terminal_node: below === 0 && label !== openAt,
    content: {
      description: text,
      dialogue: [
        { character: 'Mara', line: pick(LINES, label) },
        { character: 'Old Finn', line: pick(LINES, `${label} back`) },
      ].slice(0, hash(label) % 3),
      shot_suggestions: [],
    },
  };
}

type SceneletRow = ReturnType<typeof newRow>;

async function writeShots(
  repositories: StoryRepositories,
  assets: string,
  storyId: string,
  count: number,
): Promise<void> {
  const scenelets = await repositories.scenelets.list(storyId);
  await inTurns([...scenelets.entries()], ([at, scenelet]) => {
    const shots = Array.from({ length: count }, (_, index) => newShot(scenelet.label, index + 1));
    return repositories.shots.replaceForScenelet(storyId, scenelet.id, at + 1, shots);
  });
  const pictures = await paintPictures(assets);
  const labels = new Map(scenelets.map(({ id, label }) => [id, label]));
  const shots = await repositories.shots.list(storyId);
  await inTurns(shots, async ({ id, sceneletId, shotIndex }) => {
    const label = labels.get(sceneletId) ?? '';
    if (hash(`${label}/${shotIndex}`) % 3 === 0) return;
    const file = keyFramePath(storyId, label, shotIndex);
    await mkdir(path.dirname(path.join(assets, file)), { recursive: true });
    await link(pick(pictures, `${label}/${shotIndex}`), path.join(assets, file));
    await repositories.shots.setKeyFrame(storyId, id, file);
  });
}

function newShot(label: string, shotIndex: number): NewShot {
  const line: AudioLine = { type: 'monologue', source: 'narrator', line: pick(MIDDLES, `${label}/${shotIndex}`) };
  return {
    shotIndex,
    storyboard: {
      framing_and_angle: 'Wide, from below',
      composition_and_content: pick(OPENINGS, `${label}/${shotIndex}`),
      character_action_and_emotion: 'Mara holds the lantern higher than she has to.',
      camera_dynamics: 'Slow push in',
      lighting_and_atmosphere: 'Blue hour, one warm light',
      continuity_notes: '',
      referenced_designs: { characters: ['mara'], environments: ['lamp_room'] },
      audio_and_narrative: shotIndex % 2 === 1 ? [line] : [],
    },
  };
}

/** A few seascapes of the size that models make. */
async function paintPictures(assets: string): Promise<string[]> {
  const folder = path.join(assets, 'seascapes');
  await mkdir(folder, { recursive: true });
  return Promise.all(
    [200, 225, 20, 265, 160].map(async (hue, at) => {
      const file = path.join(folder, `${at}.png`);
      await sharp(Buffer.from(seascape(hue, at)))
        .png()
        .toFile(file);
      return file;
    }),
  );
}

function seascape(hue: number, at: number): string {
  const light = 400 + at * 140;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="720">
    <defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="hsl(${hue} 45% 16%)"/>
    <stop offset="1" stop-color="hsl(${(hue + 40) % 360} 60% 66%)"/></linearGradient></defs>
    <rect width="1280" height="720" fill="url(#sky)"/>
    <circle cx="${light}" cy="${190 + at * 30}" r="${46 + at * 8}" fill="hsl(45 80% 84%)"/>
    <path d="M0 470 Q320 430 640 468 T1280 456 V720 H0Z" fill="hsl(${hue} 42% 26%)"/>
    <path d="M0 560 Q360 520 700 562 T1280 548 V720 H0Z" fill="hsl(${hue} 46% 17%)"/>
    <path d="M${light + 210} 470 l26 -210 h48 l26 210Z" fill="hsl(${hue} 20% 9%)"/>
    <rect x="${light + 232}" y="226" width="56" height="36" fill="hsl(45 90% 72%)"/>
  </svg>`;
}

/** Does the work for each, a few at a time; results in the order of the items. */
async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at] as T);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

/** The same of several for the same key. */
function pick<T>(from: readonly T[], key: string): T {
  return from[hash(key) % from.length] as T;
}

function hash(text: string): number {
  let value = 2_166_136_261;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 16_777_619);
  return (value ^ (value >>> 13)) >>> 0;
}

const OPENINGS = [
  'The lamp has gone out, and nobody on the stairs will say who saw it last.',
  'Mara finds the door where the rocks were yesterday.',
  'Below the tide line, the steps go on.',
  'A boat comes back without its crew.',
  'The harbour bell rings under water.',
  'Old Finn counts the waves aloud, as he did the night she was born.',
  'Salt has eaten the last page of the log.',
  'Somebody has set the table for two.',
] as const;
const MIDDLES = [
  'She has the key, and no wish to know what it opens.',
  'The wind has turned, which the almanac says it cannot.',
  'What hums behind the wall stops when she does.',
  'He laughs, but he does not look up from the rope.',
  'It would be easy to leave now, while the causeway shows.',
  'There is light down there, green and patient.',
] as const;
const LINES = [
  'You kept the lamp. Now keep your word.',
  'Listen. That is no gull.',
  'I never said it was empty.',
  'Hold this, and do not ask.',
  'The sea pays back. Late, but it does.',
] as const;
const QUESTIONS = ['Where does she go?', 'Whom does she believe?', 'What does she owe the sea?', 'And now?'] as const;
const CHOICES = [
  'Down the stairs',
  'Wait for the ebb',
  'Call out to whoever sits there',
  'Light the second lamp',
  'Follow the bell',
  'Tell Old Finn everything, and the truth at that',
] as const;
