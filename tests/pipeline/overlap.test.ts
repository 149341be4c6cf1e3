import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  createFileAssetStore,
  createStoryWorkflow,
  DEFAULT_SCRIPT_LIMITS,
  ModelSlots,
  type Models,
  type RunAllOptions,
  slotCounts,
} from '@story-tree/agent-backend';
import { scriptedModels } from '@story-tree/agent-backend/testing';
import { createStubModels, SAMPLE_PROMPT } from '@story-tree/stub-models';
import { createModelCallJournal, createStoryRepositories } from '@story-tree/supabase';
import { createTestDatabase, type TestDatabase } from '@story-tree/testkit/database/database.ts';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PLAYER = path.resolve(import.meta.dirname, '../../agent-backend/src/bundle/templates/player.html');
const RUN_ID = '00000000-0000-4000-8000-00000000000a';

/** Everything stored of a story but ids and times, by names that are the same in every database. */
const STORED = {
  stories: `select display_name, named_by_person, initial_prompt, creation_options, story_constitution,
    target_scenelets_per_path, visual_design_document, visual_reference_package, audio_design_document, mode from stories`,
  versions: 'select version, markdown, origin from constitution_versions order by version',
  scenelets: `select s.label, p.label as parent, s.ordinal, s.choice_label_from_parent, s.choice_prompt, s.content,
    s.is_branch_point, s.is_terminal_node from scenelets s left join scenelets p on p.id = s.parent_id order by s.label`,
  shots: `select l.label, s.scenelet_sequence, s.shot_index, s.storyboard_payload, s.key_frame_image_path,
    s.audio_file_path from shots s join scenelets l on l.id = s.scenelet_id order by l.label, s.shot_index`,
  images: 'select kind, design_id, image_path from reference_images order by kind, design_id',
  calls: `select run_id, workflow_task, unit_key, kind, model, request_hash, request, status, reply_text, reply_file,
    model_version, usage, cost_usd, attempts, error_code from model_calls order by workflow_task, unit_key, request_hash`,
  texts: 'select sha256, body from model_call_texts order by sha256',
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'story-tree-overlap-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Made {
  /** What every query of {@link STORED} gives, and every file by its path and digest. */
  stored: unknown;
  reported: unknown;
}

/** A whole story in a database and folders of its own. */
async function make(models: Models, options: RunAllOptions, concurrency: number): Promise<Made> {
  const database = await createTestDatabase();
  const place = await mkdtemp(path.join(folder, 'run-'));
  try {
    const workflow = await createStoryWorkflow(
      { prompt: SAMPLE_PROMPT, mode: 'stub' },
      {
        repositories: createStoryRepositories(database.kysely),
        journal: createModelCallJournal(database.kysely),
        models,
        assets: createFileAssetStore(place),
        settings: {
          script: DEFAULT_SCRIPT_LIMITS,
          maxReferenceImages: 14,
          outputRoot: path.join(place, 'output'),
          playerTemplate: PLAYER,
        },
        slots: new ModelSlots(slotCounts(concurrency)),
        runId: RUN_ID,
        signal: new AbortController().signal,
        now: () => new Date('2026-11-20T10:00:00Z'),
        log: () => undefined,
        onProgress: () => undefined,
      },
    );
    const reported = await workflow.runAllTasks(options);
    const withoutId = (text: string) => text.replaceAll(workflow.storyId, 'STORY');
    const rows = withoutId(JSON.stringify(await rowsOf(database)));
    return { stored: { rows: JSON.parse(rows), files: await filesOf(place, withoutId) }, reported };
  } finally {
    await database.close();
  }
}

async function rowsOf(database: TestDatabase): Promise<Record<string, unknown>> {
  const tables = Object.entries(STORED).map(async ([name, query]) => [name, (await database.pool.query(query)).rows]);
  return Object.fromEntries(await Promise.all(tables));
}

async function filesOf(place: string, withoutId: (text: string) => string): Promise<Record<string, string>> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const digests = files.sort().map(async (file) => {
    const bytes = await readFile(file, 'latin1');
    // The bundle's marker knows when the files that it was made from were written.
    const said = path.basename(file).startsWith('.') ? 'marker' : withoutId(bytes);
    return [withoutId(path.relative(place, file)), createHash('sha256').update(said, 'latin1').digest('hex')];
  });
  return Object.fromEntries(await Promise.all(digests));
}

/** The sample as it is told; pictures are a point and voices a crack, of a colour and a sound that their request gives. */
function sampleModels(): Models {
  const { modelId, text } = createStubModels();
  const digest = (request: object) => createHash('sha256').update(JSON.stringify(request)).digest();
  const plain = scriptedModels({
    async image(request) {
      const [r, g, b] = digest(request);
      return sharp({ create: { width: 1, height: 1, channels: 3, background: { r, g, b } } })
        .png()
        .toBuffer();
    },
    speech: digest,
  });
  return { modelId, text, image: plain.image, speech: plain.speech };
}

describe.each([
  ['the sample', sampleModels, 4],
  ['a synthetic story', () => createStubModels({ sceneletCount: 7, branching: 3, shotsPerScenelet: 2 }), 8],
] as const)('%s', (_name, models, concurrency) => {
  it('is the same to the last row, file and request, whether its tasks overlap or not', async () => {
    const inSequence = await make(models(), {}, concurrency);
    const overlapping = await make(models(), { overlap: true }, concurrency);
    expect(overlapping.reported).toEqual(inSequence.reported);
    expect(overlapping.stored).toEqual(inSequence.stored);
  });
});
