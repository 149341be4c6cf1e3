import type { CallRecord, Estimate, StoryMeasures, StoryState } from '@story-tree/domain';
import { chain, storyState } from '@story-tree/testkit/stories/storyState.ts';
import { promptOnly, tellableStory } from '@story-tree/testkit/stories/tellableStory.ts';
import { failureOf } from '@story-tree/testkit/stories/workflowRig.ts';
import { describe, expect, it } from 'vitest';
import { slotCounts } from '../models/slots.ts';
import { DEFAULT_SCRIPT_LIMITS } from '../planning/settings.ts';
import { createMemoryAssets } from '../testing/memoryAssets.ts';
import { type StoryWorkflowTask, taskDefinition, WORKFLOW_TASK_NAMES } from '../workflow/tasks.ts';
import { createCallFigures, type FigureSources } from './callFigures.ts';
import { estimateRun } from './estimateRun.ts';
import { expectedWork, type WantedTask, type WorkSources } from './expectedWork.ts';
import { certainShape, shapeOf, TYPICAL_MEASURES } from './storyShape.ts';

const MODELS = { text: 'gemini-3.8-flash', image: 'gemini-nano-banana-2.1', speech: 'gemini-2.5-flash-preview-tts' };
const SHAPE = certainShape({
  ...TYPICAL_MEASURES,
  scenelets: 10,
  endings: 3,
  shots: 20,
  spokenShots: 10,
  sceneletsWithShots: 10,
});
const SETTINGS = { script: DEFAULT_SCRIPT_LIMITS, maxReferenceImages: 14, outputRoot: '/out', playerTemplate: '/p' };

const all: WantedTask[] = WORKFLOW_TASK_NAMES.map((task) => ({
  definition: taskDefinition(task),
  options: { resume: true },
}));
const only = (task: StoryWorkflowTask, options: object = {}): WantedTask[] => [
  { definition: taskDefinition(task), options },
];

async function unitsOf(state: StoryState | null, more: Partial<WorkSources> = {}): Promise<Record<string, number>> {
  const sources = { wanted: all, state, target: null, shape: SHAPE, settings: SETTINGS, assets: createMemoryAssets() };
  const work = await expectedWork({ ...sources, ...more });
  return Object.fromEntries(work.map(({ definition, units }) => [definition.task.replace('CREATE_', ''), units]));
}

describe('the expected work', () => {
  it('of a story yet to be created follows from its shape', async () => {
    expect(await unitsOf(null)).toEqual({
      CONSTITUTION: 1,
      INTERACTIVE_SCRIPT: 8,
      VISUAL_DESIGN: 1,
      VISUAL_REFERENCE: 1,
      AUDIO_DESIGN: 1,
      SHOT_PRODUCTION: 10,
      CHARACTER_MODEL_SHEET: 4,
      ENVIRONMENT_REFERENCE_IMAGE: 4,
      SHOT_IMAGES: 20,
      SHOT_AUDIO: 10,
      PLAYER_BUNDLE: 0,
    });
    expect(await unitsOf(promptOnly())).toEqual(await unitsOf(null));
  });

  it('of a complete story is nothing', async () => {
    const units = await unitsOf(tellableStory({ media: true }));
    expect(units).toMatchObject({ INTERACTIVE_SCRIPT: 0, SHOT_PRODUCTION: 0, SHOT_IMAGES: 0, SHOT_AUDIO: 0 });
  });

  it('of an incomplete story is what the plans list', async () => {
    const state = tellableStory();
    const units = await unitsOf(state);
    expect(units).toMatchObject({ CONSTITUTION: 0, VISUAL_DESIGN: 0, SHOT_PRODUCTION: 0, CHARACTER_MODEL_SHEET: 3 });
    expect(units.SHOT_IMAGES).toBe(state.shots.length);
  });

  it('follows from existing and expected scenelets', async () => {
    const design = { ...tellableStory().story };
    const written = storyState(
      chain(4).map((each) => ({ ...each, shots: [] })),
      design,
    );
    expect(await unitsOf(written)).toMatchObject({
      INTERACTIVE_SCRIPT: 0,
      SHOT_PRODUCTION: 4,
      SHOT_IMAGES: 8,
      SHOT_AUDIO: 4,
    });
    const open = storyState(
      chain(4).map((each) => ({ ...each, ending: false, shots: [] })),
      design,
    );
    expect(await unitsOf(open)).toMatchObject({ INTERACTIVE_SCRIPT: 4, SHOT_PRODUCTION: 10, SHOT_IMAGES: 20 });
  });

  it('of a regenerated task is all of it', async () => {
    const state = tellableStory({ media: true });
    const regenerated = { wanted: only('CREATE_SHOT_IMAGES', { override: true }) };
    expect(await unitsOf(state, regenerated)).toEqual({ SHOT_IMAGES: state.shots.length });
    const shots = { wanted: only('CREATE_SHOT_PRODUCTION', { override: true, cascade: true }) };
    expect(await unitsOf(state, shots)).toEqual({ SHOT_PRODUCTION: state.scenelets.length });
  });

  it('of a target that does not exist is refused, as the run would be', async () => {
    const wanted = only('CREATE_SHOT_IMAGES', { targetSceneletId: 'scenelet-99' });
    expect((await failureOf(unitsOf(tellableStory(), { wanted }))).code).toBe('not_found');
  });

  it('grows with the length of paths, judging by earlier stories', async () => {
    const shape = shapeOf([{ ...TYPICAL_MEASURES, targetSceneletsPerPath: 5, scenelets: 20 }]);
    const short = await unitsOf(null, { shape, target: 5 });
    const long = await unitsOf(null, { shape, target: 10 });
    expect([short.SHOT_PRODUCTION, long.SHOT_PRODUCTION]).toEqual([20, 40]);
  });
});

describe('the shape of stories', () => {
  it('is typical while there are none, and where existing ones show nothing', () => {
    const unfinished: StoryMeasures = {
      ...{ targetSceneletsPerPath: 4, scenelets: 8, endings: 2, sceneletsWithShots: 0, shots: 0, spokenShots: 0 },
      characters: null,
      environments: null,
    };
    expect(shapeOf([]).scenelets(8)).toBe(TYPICAL_MEASURES.scenelets);
    const shape = shapeOf([unfinished]);
    expect(shape.scenelets(8)).toBe(16);
    expect(shape.shotsPerScenelet).toBe(TYPICAL_MEASURES.shots / TYPICAL_MEASURES.scenelets);
    expect(shape.characters).toBe(TYPICAL_MEASURES.characters);
  });
});

const record = (workflowTask: string, more: Partial<CallRecord> = {}): CallRecord => ({
  workflowTask,
  model: MODELS.image,
  stories: 2,
  calls: 30,
  units: 20,
  costUsd: 2,
  latencyMs: 100_000,
  ...more,
});

function figures(more: Partial<FigureSources> = {}) {
  const now = new Date('2026-11-20T10:00:00Z');
  return createCallFigures({ mode: 'real', models: MODELS, own: [], others: [], stubLatencyMs: 0, now, ...more });
}

describe('what a unit takes', () => {
  it('is the average in the journal, including repeated calls', () => {
    const others = [record('CREATE_SHOT_IMAGES')];
    expect(figures({ others })('CREATE_SHOT_IMAGES')).toEqual({
      calls: 1.5,
      costUsd: 0.1,
      latencyMs: 5_000,
      record: { calls: 30, stories: 2 },
    });
  });

  it('comes from list prices where the journal has no calls of the model', () => {
    const others = [record('CREATE_SHOT_IMAGES', { model: 'gemini-of-old' })];
    const unit = figures({ others })('CREATE_SHOT_IMAGES');
    expect(unit).toMatchObject({ calls: 1, record: null });
    expect(unit?.costUsd).toBeGreaterThan(0.0336);
    expect(unit?.costUsd).toBeLessThan(0.05);
  });

  it('comes from the story itself once it has enough units', () => {
    const own = (units: number) => [record('CREATE_SHOT_IMAGES', { units, calls: units, costUsd: units, stories: 1 })];
    const others = [record('CREATE_SHOT_IMAGES')];
    expect(figures({ own: own(5), others })('CREATE_SHOT_IMAGES')?.costUsd).toBe(1);
    expect(figures({ own: own(4), others })('CREATE_SHOT_IMAGES')?.costUsd).toBe(0.1);
    expect(figures({ own: own(1) })('CREATE_SHOT_IMAGES')?.costUsd).toBe(1);
  });

  it('is unknown for a model without a price, and nothing for the stub', () => {
    const image = 'gemini-of-tomorrow';
    expect(figures({ models: { ...MODELS, image } })('CREATE_SHOT_IMAGES')?.costUsd).toBeNull();
    expect(figures({ mode: 'stub' })('CREATE_SHOT_IMAGES')?.costUsd).toBe(0);
    expect(figures()('CREATE_PLAYER_BUNDLE')).toBeNull();
  });

  it.each(WORKFLOW_TASK_NAMES.filter((task) => task !== 'CREATE_PLAYER_BUNDLE'))('is estimated for %s', (task) => {
    expect(figures()(task)).toMatchObject({ calls: 1, latencyMs: expect.any(Number), costUsd: expect.any(Number) });
  });
});

describe('an estimate', () => {
  const second =
    (costUsd: number | null = 0.01) =>
    () => ({ calls: 1, costUsd, latencyMs: 1_000, record: null });

  async function estimate(overlap = false, slots = slotCounts(4), each = second()): Promise<Estimate> {
    const sources = { wanted: all, state: null, target: 5, shape: SHAPE, settings: SETTINGS };
    const work = await expectedWork({ ...sources, assets: createMemoryAssets() });
    return estimateRun({ work, figures: each, mode: 'real', slots, overlap });
  }

  it('sums up the tasks', async () => {
    const { calls, costUsd, tasks } = await estimate();
    expect(calls).toBe(60);
    expect(costUsd).toBeCloseTo(0.6);
    expect(tasks.map(({ title }) => title)).not.toContain('Player bundle');
    expect(tasks.find(({ task }) => task === 'CREATE_SHOT_IMAGES')).toMatchObject({ calls: 20, durationMs: 5_000 });
  });

  it('gives a script at least the time of its longest path', async () => {
    const script = async (slots: number) =>
      (await estimate(false, slotCounts(slots))).tasks.find(({ task }) => task === 'CREATE_INTERACTIVE_SCRIPT');
    expect((await script(1))?.durationMs).toBe(8_000);
    expect((await script(4))?.durationMs).toBe(5_000);
  });

  it('adds up tasks in sequence, and takes the longest chain or the busiest slots where they overlap', async () => {
    // 1 + 5 + 1 + 1 + 1 + 10/4 + 1 + 1 + 20/4 + 10 seconds.
    expect((await estimate()).durationMs).toBe(28_500);
    // Speech alone has one slot; constitution, path, designs, shots and a key frame make the longest chain.
    expect((await estimate(true)).durationMs).toBe(10_000);
    const chainOnly = await estimate(true, slotCounts(100, 100));
    expect(chainOnly.durationMs).toBe(10_000);
  });

  it('has no price if one part has none', async () => {
    expect((await estimate(false, slotCounts(4), second(null))).costUsd).toBeNull();
  });
});
