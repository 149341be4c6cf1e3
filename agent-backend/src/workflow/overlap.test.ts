import { setImmediate as turn } from 'node:timers/promises';
import { type StoryState, StoryTreeError } from '@story-tree/domain';
import { createStubModels } from '@story-tree/stub-models';
import { createMemoryStory, type MemoryStory } from '@story-tree/testkit/stories/memoryStory.ts';
import { promptOnly, tellableStory } from '@story-tree/testkit/stories/tellableStory.ts';
import { failureOf, textOf, type WorkflowRig, workflowRig } from '@story-tree/testkit/stories/workflowRig.ts';
import { describe, expect, test } from 'vitest';
import type { ModelRequest, TextRequest } from '../models/ports.ts';
import { ModelSlots, slotCounts } from '../models/slots.ts';
import { type ModelScript, PLAIN_MEDIA } from '../testing/scriptedModels.ts';
import type { AgentWorkflowOptions, RunAllOptions } from './storyWorkflow.ts';
import { WORKFLOW_TASK_NAMES } from './tasks.ts';

const STUB: ModelScript = {
  ...textOf(createStubModels({ sceneletCount: 7, branching: 2, shotsPerScenelet: 2 })),
  ...PLAIN_MEDIA,
};

/** Bundles lie on the disk; what is said of them stands for all that is made last. */
const NO_BUNDLE: Partial<AgentWorkflowOptions> = {
  runPlayerBundleTask: async () => ({ task: 'CREATE_PLAYER_BUNDLE', status: 'completed', made: 1, total: 1 }),
};

const OVERLAP = { overlap: true };

/** Which scenelet a request for shots is about. */
const targetOf = ({ turns }: TextRequest) => /Target: (\S+)$/.exec(turns[0]?.text ?? '')?.[1] ?? '';

async function run(rig: WorkflowRig, options: RunAllOptions, given: Partial<AgentWorkflowOptions> = {}) {
  const handle = await rig.workflow({ ...NO_BUNDLE, ...given });
  return handle.runAllTasks(options);
}

/** What is stored, by names that do not depend on when it was stored. */
async function stored(rig: MemoryStory): Promise<string> {
  const { story, scenelets, shots, referenceImages } = await rig.state();
  const labels = new Map(scenelets.map(({ id, label }) => [id, label]));
  const named = (id: string | null) => labels.get(id ?? '') ?? null;
  const rows = {
    story,
    scenelets: scenelets.map((row) => ({ ...row, id: row.label, parentId: named(row.parentId) })),
    shots: shots.map((shot) => ({ ...shot, id: '', sceneletId: named(shot.sceneletId) })),
    referenceImages,
    files: [...rig.assets.files.keys()].sort(),
    calls: rig.journal.calls
      .filter(({ status }) => status === 'committed')
      .map(({ workflowTask, unitKey, requestHash }) => `${workflowTask}/${unitKey} ${requestHash}`)
      .sort(),
  };
  return JSON.stringify(rows, null, 1).replaceAll(story.id, 'STORY');
}

describe('tasks that overlap', () => {
  test('make the same as one after another, and report it in the same order', async () => {
    const [beside, after] = [workflowRig(promptOnly(), STUB), workflowRig(promptOnly(), STUB)];
    const results = [await run(beside, OVERLAP), await run(after, {})];
    expect(results[0]).toEqual(results[1]);
    expect(results[0]?.tasks.map(({ task }) => task)).toEqual(WORKFLOW_TASK_NAMES);
    expect(await stored(beside)).toBe(await stored(after));
  });

  test('skip what is complete, and stop after the last one that is wanted', async () => {
    const rig = workflowRig(promptOnly(), STUB);
    await run(rig, { ...OVERLAP, until: 'CREATE_AUDIO_DESIGN' });
    expect((await rig.state()).shots).toEqual([]);
    const asked = rig.models.requests.length;
    const { tasks } = await run(rig, { ...OVERLAP, until: 'CREATE_AUDIO_DESIGN' });
    expect(tasks.map(({ status }) => status)).toEqual(Array(5).fill('skipped'));
    expect(rig.models.requests).toHaveLength(asked);
  });

  test('continue what is partly finished', async () => {
    const before = tellableStory();
    const state: StoryState = { ...before, shots: before.shots.slice(0, 2) };
    const rig = workflowRig(state, { ...textOf(createStubModels()), ...PLAIN_MEDIA });
    const { tasks } = await run(rig, OVERLAP);
    const after = await rig.state();
    expect(after.shots.slice(0, 2).map(({ id }) => id)).toEqual(state.shots.map(({ id }) => id));
    expect(after.shots.every((shot) => shot.keyFrameImagePath !== null)).toBe(true);
    expect(tasks.find(({ task }) => task === 'CREATE_SHOT_IMAGES')).toMatchObject({
      made: after.shots.length,
      total: after.shots.length,
    });
  });
});

describe('what runs in parallel', () => {
  /** Holds back replies until something else was asked for: a run in which that never comes would not end. */
  const rigThat = (holds: (asked: Asked) => Partial<ModelScript>, state = promptOnly()) => {
    const asked = createAsked();
    const script: ModelScript = {
      text: (request, context) => {
        asked.note(request);
        return STUB.text?.(request, context);
      },
      image: (request, context) => {
        asked.note(request);
        return PLAIN_MEDIA.image?.(request, context) as Uint8Array;
      },
      speech: (request, context) => {
        asked.note(request);
        return PLAIN_MEDIA.speech?.(request, context) as Uint8Array;
      },
    };
    return workflowRig(state, { ...script, ...holds(asked) });
  };
  const whenever = (task: string, needed: string) =>
    rigThat((asked) => ({
      async text(request, context) {
        asked.note(request);
        if (request.task === task) await asked.once(needed);
        return STUB.text?.(request, context);
      },
    }));

  test('sheets are drawn while shots are written', async () => {
    await run(whenever('CREATE_SHOT_PRODUCTION', 'CREATE_CHARACTER_MODEL_SHEET'), OVERLAP);
  });

  test('the visual reference and the audio design are made together', async () => {
    await run(whenever('CREATE_VISUAL_REFERENCE', 'CREATE_AUDIO_DESIGN'), OVERLAP);
  });

  test.each(['CREATE_SHOT_IMAGES', 'CREATE_SHOT_AUDIO'])(
    '%s begins before the last shots are written',
    async (task) => {
      const rig = rigThat((asked) => ({
        async text(request, context) {
          asked.note(request);
          if (request.task === 'CREATE_SHOT_PRODUCTION' && targetOf(request) !== 'scenelet-1') await asked.once(task);
          return STUB.text?.(request, context);
        },
      }));
      await run(rig, OVERLAP);
    },
  );

  test('a key frame waits for the images that it refers to', async () => {
    const rig = rigThat((asked) => ({
      async image(request, context) {
        asked.note(request);
        if (request.task === 'CREATE_CHARACTER_MODEL_SHEET') {
          await asked.times('CREATE_SHOT_PRODUCTION', 7);
          for (let wait = 0; wait < 50; wait += 1) await turn();
        }
        return PLAIN_MEDIA.image?.(request, context) as Uint8Array;
      },
    }));
    await run(rig, OVERLAP, { slots: new ModelSlots(slotCounts(8)) });
    const frames = rig.models.requests.filter(({ task }) => task === 'CREATE_SHOT_IMAGES');
    expect(frames).toHaveLength(14);
    expect(frames.some((request) => request.kind === 'image' && request.references.length > 0)).toBe(true);
  });

  test.each([1, 3])('speech with %i slot(s) keeps the order of the story where it has to', async (slots) => {
    const rig = rigThat((asked) => ({
      async text(request, context) {
        asked.note(request);
        // Shots come in the opposite of the story's order.
        if (request.task === 'CREATE_SHOT_PRODUCTION' && targetOf(request) === 'scenelet-1') {
          await asked.times('CREATE_SHOT_PRODUCTION', 7);
          for (let wait = 0; wait < 50; wait += 1) await turn();
        }
        return STUB.text?.(request, context);
      },
    }));
    await run(rig, OVERLAP, { slots: new ModelSlots(slotCounts(8, slots)) });
    const { scenelets } = await rig.state();
    const spoken = rig.journal.calls
      .filter(({ kind }) => kind === 'speech')
      .map(({ unitKey }) => unitKey.split('/')[0]);
    const inOrder = scenelets.flatMap(({ label }) => [label, label]);
    expect(spoken.toSorted()).toEqual(inOrder.toSorted());
    if (slots === 1) expect(spoken).toEqual(inOrder);
    else expect(spoken[0]).not.toBe('scenelet-1');
  });
});

describe('an interrupted run', () => {
  test('names the same failure as one in sequence, starts nothing more, and finishes what is in progress', async () => {
    const script: ModelScript = {
      ...STUB,
      image(request, context) {
        if (request.task === 'CREATE_CHARACTER_MODEL_SHEET')
          throw new StoryTreeError('model_blocked', 'It was refused.');
        return PLAIN_MEDIA.image?.(request, context) as Uint8Array;
      },
    };
    const [beside, after] = [workflowRig(promptOnly(), script), workflowRig(promptOnly(), script)];
    const failures = [await failureOf(run(beside, OVERLAP)), await failureOf(run(after, {}))];
    expect(failures[0]).toMatchObject({ code: failures[1]?.code, message: failures[1]?.message });
    expect(beside.journal.calls.filter(({ status }) => status === 'started')).toEqual([]);
    expect(beside.models.requests.some(({ task }) => task === 'CREATE_SHOT_IMAGES')).toBe(false);
  });

  test('ends as cancelled when aborted', async () => {
    const stop = new AbortController();
    const rig = workflowRig(promptOnly(), {
      ...STUB,
      speech() {
        stop.abort();
        throw new Error('the call was cut off');
      },
    });
    expect(await failureOf(run(rig, OVERLAP, { signal: stop.signal }))).toMatchObject({ code: 'cancelled' });
  });

  /** Lets the process end at the n-th reply that a model gives: nothing is written from then on. */
  function killedAt(nth: number, memory: MemoryStory, state: StoryState): WorkflowRig {
    let replies = 0;
    const gone = <T extends object>(target: T): T =>
      new Proxy(target, {
        get(object, name) {
          const member: unknown = Reflect.get(object, name);
          if (typeof member !== 'function') return member;
          return async (...args: unknown[]) => {
            if (replies >= nth) throw new StoryTreeError('interrupted', 'The process is gone.');
            if (name === 'commit') replies += 1;
            return member.apply(object, args) as unknown;
          };
        },
      });
    const { stories, scenelets, shots, referenceImages, whileHeld } = memory.repositories;
    const repositories = {
      whileHeld,
      stories: gone(stories),
      scenelets: gone(scenelets),
      shots: gone(shots),
      referenceImages: gone(referenceImages),
    };
    return workflowRig(state, STUB, {
      ...memory,
      repositories,
      journal: gone(memory.journal),
      assets: gone(memory.assets),
    });
  }

  test('continues where it was, either way, and pays for no reply twice', async () => {
    const whole = workflowRig(promptOnly(), STUB);
    await run(whole, {});
    const expected = await stored(whole);
    const replies = whole.journal.calls.length;
    for (let nth = 1; nth < replies; nth += 4) {
      const state = promptOnly();
      const memory = createMemoryStory(state);
      const killed = killedAt(nth, memory, state);
      expect(await failureOf(run(killed, OVERLAP)), `killed at ${nth}`).toMatchObject({ code: 'interrupted' });
      const again = workflowRig(state, STUB, memory);
      await run(again, nth % 8 === 1 ? OVERLAP : {});
      expect(await stored(again), `killed at ${nth}`).toBe(expected);
    }
  });
});

test('progress never claims more of the followers than exists, and its total only grows', async () => {
  const rig = workflowRig(promptOnly(), STUB);
  await run(rig, OVERLAP);
  for (const task of WORKFLOW_TASK_NAMES) {
    const events = rig.progress.filter((event) => event.task === task);
    const totals = events.map(({ total }) => total);
    expect(totals).toEqual(totals.toSorted((a, b) => a - b));
    const final = totals.at(-1) ?? 0;
    if (task !== 'CREATE_SHOT_IMAGES' && task !== 'CREATE_SHOT_AUDIO') continue;
    expect(events.some(({ share }) => share !== undefined)).toBe(true);
    for (const { completed, total, share = completed / total } of events) {
      expect(share).toBeLessThanOrEqual(completed / final + 1e-9);
    }
  }
});

describe('a runner given from outside', () => {
  test('waits for complete results, and others wait for its own', async () => {
    const seen: string[] = [];
    const rig = workflowRig(promptOnly(), STUB);
    await run(rig, OVERLAP, {
      async runShotImagesTask() {
        const { shots, scenelets } = await rig.state();
        seen.push(`${new Set(shots.map(({ sceneletId }) => sceneletId)).size} of ${scenelets.length}`);
        return { task: 'CREATE_SHOT_IMAGES', status: 'skipped', made: 0, total: 0 };
      },
      async runPlayerBundleTask() {
        seen.push('bundle');
        return { task: 'CREATE_PLAYER_BUNDLE', status: 'completed', made: 1, total: 1 };
      },
    });
    expect(seen).toEqual(['7 of 7', 'bundle']);
  });
});

type Asked = ReturnType<typeof createAsked>;

/** What models were asked for so far, by task. */
function createAsked() {
  const counts = new Map<string, number>();
  const waiting: { task: string; count: number; resolve(): void }[] = [];
  const count = (task: string) => counts.get(task) ?? 0;
  const times = (task: string, wanted: number): Promise<void> => {
    if (count(task) >= wanted) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.push({ task, count: wanted, resolve });
    return promise;
  };
  return {
    count,
    times,
    once: (task: string) => times(task, 1),
    note({ task }: ModelRequest) {
      counts.set(task, count(task) + 1);
      for (const each of waiting) if (count(each.task) >= each.count) each.resolve();
    },
  };
}
