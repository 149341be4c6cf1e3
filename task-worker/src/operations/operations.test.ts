import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PLAIN_MEDIA } from '@story-tree/agent-backend/testing';
import { OPERATIONS, type StoryTask } from '@story-tree/domain';
import { createStubModels } from '@story-tree/stub-models';
import { contentOf, workplace } from '@story-tree/testkit/stories/bundleWorkplace.ts';
import { promptOnly, tellableStory } from '@story-tree/testkit/stories/tellableStory.ts';
import { failureOf, textOf } from '@story-tree/testkit/stories/workflowRig.ts';
import { describe, expect, test } from 'vitest';
import { OPERATION_HANDLERS } from './index.ts';
import { killed, operationRig } from './testOperation.ts';

const STUB = { ...textOf(createStubModels()), ...PLAIN_MEDIA };

test('every operation that can wait for a worker has a handler, and no other', () => {
  const samples: Record<string, unknown> = { CREATE_STORY: { prompt: 'A door.', runAll: true } };
  const queued = OPERATIONS.filter(
    ({ operation, execution }) => execution((samples[operation] ?? {}) as never) === 'queued',
  );
  expect(Object.keys(OPERATION_HANDLERS).toSorted()).toEqual(queued.map(({ operation }) => operation).toSorted());
});

describe('what a worker must not be asked', () => {
  test.each<[string, Pick<StoryTask, 'operation' | 'payload'>, string]>([
    ['an inline operation', { operation: 'RENAME_STORY', payload: { displayName: 'x' } }, 'internal'],
    [
      'a payload of another shape',
      { operation: 'CONSTITUTION_CHAT_UPDATE', payload: { turns: 'Hello' } },
      'invalid_input',
    ],
    ['no turn at all', { operation: 'CONSTITUTION_CHAT_UPDATE', payload: { turns: [] } }, 'invalid_input'],
    ['a field too many', { operation: 'DELETE_STORY', payload: { storyId: '../..' } }, 'invalid_input'],
    ['an unknown task', { operation: 'RUN_WORKFLOW_TASK', payload: { task: 'CREATE_HAVOC' } }, 'invalid_input'],
  ])('is %s', async (_what, request, code) => {
    const rig = operationRig(tellableStory(), request);
    const failure = await failureOf(rig.run());
    expect(failure.code).toBe(code);
    expect(rig.calls).toEqual([]);
    expect(rig.models.requests).toEqual([]);
  });
});

describe('a new story', () => {
  const made = (state: Awaited<ReturnType<ReturnType<typeof operationRig>['state']>>) => [
    state.story.storyConstitution !== null,
    state.scenelets.length > 0,
    state.shots.length > 0,
  ];

  test.each([
    [{ autoGenerate: true }, [true, false, false], /^The constitution of “.+” can be read\.$/],
    [{ includeInteractiveScript: true }, [true, true, false], /^Constitution and script of “.+” can be read\.$/],
    [{ autoGenerate: true, includeInteractiveScript: true }, [true, true, false], /script/],
  ])('with %j is made as far as that', async (flags, there, message) => {
    const rig = operationRig(
      promptOnly(),
      { operation: 'CREATE_STORY', payload: { prompt: 'A door in the sea', ...flags } },
      { script: STUB },
    );
    expect((await rig.run()).message).toMatch(message);
    expect(made(await rig.state())).toEqual(there);
  });

  test('whose making was killed is made on', async () => {
    const request = {
      operation: 'CREATE_STORY',
      payload: { prompt: 'A door', includeInteractiveScript: true },
    } as const;
    const state = promptOnly();
    let calls = 0;
    const first = operationRig(state, request, {
      script: {
        text(asked, context) {
          calls += 1;
          if (calls > 3) throw killed();
          return STUB.text?.(asked, context);
        },
      },
    });
    expect((await failureOf(first.run())).code).toBe('interrupted');
    const second = operationRig(state, request, { script: STUB, after: first, context: { resumed: true } });
    await second.run();
    const committed = second.journal.calls.filter(({ status }) => status === 'committed');
    expect(new Set(committed.map(({ unitKey }) => unitKey)).size).toBe(committed.length);
  });
});

describe('a regenerated constitution', () => {
  const request = (guidance?: string) =>
    ({ operation: 'REGENERATE_CONSTITUTION', payload: { ...(guidance && { guidance }) } }) as const;

  test('follows the guidance and leaves the designs alone', async () => {
    const rig = operationRig(tellableStory(), request('Darker, and by night.'), { script: STUB });
    const result = await rig.run();
    const [asked] = rig.models.requests;
    expect(asked?.kind === 'text' && asked.turns[0]?.text).toMatch(/\n\nGuidance:\nDarker, and by night\.$/);
    const { story, scenelets } = await rig.state();
    expect(story.storyConstitution).toContain('Darker, and by night.');
    expect(story.visualDesignDocument).not.toBeNull();
    expect(scenelets.length).toBeGreaterThan(0);
    expect(result).toEqual({
      message: 'The constitution has been regenerated: version 1.',
      payload: { constitutionVersion: 1 },
    });
  });

  test('is one version, killed or not', async () => {
    const state = tellableStory();
    const first = operationRig(state, request(), { script: STUB });
    await first.run();
    const second = operationRig(state, request(), { after: first, context: { resumed: true } });
    expect((await second.run()).payload).toEqual({ constitutionVersion: 1 });
    expect(second.models.requests).toEqual([]);
  });
});

describe('a bundle', () => {
  async function onDisk(payload: { overwrite?: boolean }) {
    const place = await workplace();
    const state = tellableStory({ media: true });
    await place.fill(state);
    const rig = operationRig(state, { operation: 'BUILD_PLAYER_BUNDLE', payload });
    const { workflow } = rig.context;
    const settings = { ...workflow.settings, outputRoot: place.outputRoot, playerTemplate: place.templatePath };
    Object.assign(rig.context, { workflow: { ...workflow, assets: place.assets, settings } });
    return { ...rig, place, folder: path.join(place.outputRoot, state.story.id) };
  }

  test('lies in the place of its story', async () => {
    const { run, folder } = await onDisk({});
    expect((await run()).message).toBe('The player bundle of “The Lantern Keeper” is built.');
    expect(Object.keys(await contentOf(folder))).toContain('player.html');
  });

  test('that is there already stays, and the way out names no place on this machine', async () => {
    const { run, folder, place } = await onDisk({});
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'mine.txt'), 'mine');
    const failure = await failureOf(run());
    expect(failure.code).toBe('bundle_exists');
    expect(failure.message).toBe('The story has a player bundle already. Choose "overwrite" to replace it.');
    expect(failure.message).not.toContain(place.root);
    expect(await contentOf(folder)).toEqual({ 'mine.txt': 'mine' });
  });

  test('gives way when it is told to', async () => {
    const { run, folder } = await onDisk({ overwrite: true });
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'mine.txt'), 'mine');
    await run();
    expect(Object.keys(await contentOf(folder))).not.toContain('mine.txt');
  });

  test('that this run had built before it was killed is no obstacle to it', async () => {
    const { run, context } = await onDisk({});
    await run();
    expect((await failureOf(run())).code).toBe('bundle_exists');
    Object.assign(context, { resumed: true });
    await run();
  });

  test('that cannot be written says so without naming places on this machine', async () => {
    const { run, place } = await onDisk({});
    await mkdir(path.dirname(place.outputRoot), { recursive: true });
    await writeFile(place.outputRoot, 'a file where a folder should be');
    const failure = await failureOf(run());
    expect(failure.code).toBe('file_error');
    expect(failure.message).not.toContain(place.root);
  });
});
