import type { StoryState, VisualDesignReply } from '@story-tree/domain';
import { tellableStory, visualDesignOf } from '@story-tree/testkit/stories/tellableStory.ts';
import { failureOf, workflowRig } from '@story-tree/testkit/stories/workflowRig.ts';
import { describe, expect, test } from 'vitest';
import { storedVisualDesign } from '../../planning/storedDocuments.ts';
import { validateVisualDesign } from './validation.ts';

const TASK = 'CREATE_VISUAL_DESIGN';

/** What the model answers for these names; ids are not its business. */
function reply(characters: readonly string[], environments: readonly string[] = ['Harrow Quay']): VisualDesignReply {
  const named = (names: readonly string[]) => Object.fromEntries(names.map((name, index) => [`x${index}`, name]));
  const design = visualDesignOf(named(characters), named(environments));
  return {
    ...design,
    character_designs: design.character_designs.map(({ character_id: _, ...rest }) => rest),
    environment_designs: design.environment_designs.map(({ environment_id: _, ...rest }) => rest),
  };
}

/** The scripted story, in which these people speak. */
function spokenBy(...names: string[]): StoryState {
  const state = tellableStory({ visualDesignDocument: null, audioDesignDocument: null });
  const dialogue = names.map((character) => ({ character, line: 'Listen.' }));
  const [first, ...rest] = state.scenelets;
  if (first === undefined) throw new Error('the story has scenelets');
  return { ...state, scenelets: [{ ...first, content: { ...first.content, dialogue } }, ...rest], shots: [] };
}

test('is stored with ids for names in any script, and keeps the names', async () => {
  const names = ['李小龙', 'Zoé', '🦊', 'Ada', 'Ada', 'ada', 'Narrator'];
  const { workflow, state } = workflowRig(spokenBy(), { text: () => reply(names, ['The Moor', 'The moor']) });
  await (await workflow()).runTask(TASK);
  const design = (await state()).story.visualDesignDocument;
  expect(design?.character_designs.map(({ character_id, character_name }) => [character_id, character_name])).toEqual([
    ...[
      ['李小龙', '李小龙'],
      ['zoe', 'Zoé'],
      ['u-1f98a', '🦊'],
    ],
    ...[
      ['ada', 'Ada'],
      ['ada-2', 'Ada'],
      ['ada-3', 'ada'],
    ],
    ['narrator-2', 'Narrator'],
  ]);
  expect(design?.environment_designs.map(({ environment_id }) => environment_id)).toEqual(['the-moor', 'the-moor-2']);
});

describe('everyone who speaks needs a design', () => {
  const uncovered = (speakers: string[], designed: string[]) =>
    validateVisualDesign(reply(designed), spokenBy(...speakers).scenelets).map(({ message }) => message);

  test('in whatever spelling', () => {
    expect(uncovered(['ZOÉ', 'Zoe', '李小龙'], ['Zoé', '李小龙', 'Someone else'])).toEqual([]);
  });

  test('except the narrator', () => {
    expect(uncovered(['Narrator', 'NARRATOR'], [])).toEqual([]);
  });

  test('and those without one are named', () => {
    expect(uncovered(['Tam', '🦊'], ['Zoé'])).toEqual([
      'the speaking character "Tam" has no design',
      'the speaking character "🦊" has no design',
    ]);
  });
});

test('scenelets that do not exist are refused', () => {
  const wrong = reply(['Tam']);
  wrong.character_designs[0]?.associated_scenelet_ids.push('scenelet-1', 'scenelet-9');
  wrong.environment_designs[0]?.associated_scenelet_ids.push('x');
  expect(validateVisualDesign(wrong, spokenBy().scenelets)).toEqual([
    { path: 'character_designs.0.associated_scenelet_ids', message: 'there is no scenelet "scenelet-9"' },
    { path: 'environment_designs.0.associated_scenelet_ids', message: 'there is no scenelet "x"' },
  ]);
});

test('the request holds the constitution and the whole tree', async () => {
  const { workflow, models } = workflowRig(spokenBy('Tam'), { text: () => reply(['Tam']) });
  await (await workflow()).runTask(TASK);
  const [request] = models.requests;
  const text = request?.kind === 'text' ? (request.turns[0]?.text ?? '') : '';
  expect(text).toContain('# The Lantern Keeper');
  expect(text.match(/id: scenelet-\w+/g)).toEqual(['id: scenelet-1', 'id: scenelet-2a', 'id: scenelet-2b']);
});

test('an unusable stored document names the way out', async () => {
  const broken = tellableStory();
  const design = broken.story.visualDesignDocument;
  Object.assign(design?.character_designs[0] ?? {}, { character_id: undefined });
  expect(() => storedVisualDesign(broken)).toThrow(/character_designs\.0\.character_id.*CREATE_VISUAL_DESIGN/);
  const { workflow, models } = workflowRig(broken);
  const failure = await failureOf((await workflow()).runTask('CREATE_CHARACTER_MODEL_SHEET'));
  expect(failure.code).toBe('invalid_input');
  expect(models.requests).toHaveLength(0);
});
