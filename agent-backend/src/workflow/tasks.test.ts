import { readdirSync } from 'node:fs';
import { describe, expect, expectTypeOf, test } from 'vitest';
import type { AgentWorkflowOptions, TaskRunner } from './taskRunners.ts';
import { isWorkflowTask, type StoryWorkflowTask, WORKFLOW_TASK_NAMES, WORKFLOW_TASKS } from './tasks.ts';

const TABLE = [
  'CREATE_CONSTITUTION',
  'CREATE_INTERACTIVE_SCRIPT',
  'CREATE_VISUAL_DESIGN',
  'CREATE_VISUAL_REFERENCE',
  'CREATE_AUDIO_DESIGN',
  'CREATE_SHOT_PRODUCTION',
  'CREATE_CHARACTER_MODEL_SHEET',
  'CREATE_ENVIRONMENT_REFERENCE_IMAGE',
  'CREATE_SHOT_IMAGES',
  'CREATE_SHOT_AUDIO',
  'CREATE_PLAYER_BUNDLE',
] as const;

/** Compiles only while every task has a case of its own. */
function kindOfResult(task: StoryWorkflowTask): 'text' | 'files' {
  switch (task) {
    case 'CREATE_CONSTITUTION':
    case 'CREATE_INTERACTIVE_SCRIPT':
    case 'CREATE_VISUAL_DESIGN':
    case 'CREATE_VISUAL_REFERENCE':
    case 'CREATE_AUDIO_DESIGN':
    case 'CREATE_SHOT_PRODUCTION':
      return 'text';
    case 'CREATE_CHARACTER_MODEL_SHEET':
    case 'CREATE_ENVIRONMENT_REFERENCE_IMAGE':
    case 'CREATE_SHOT_IMAGES':
    case 'CREATE_SHOT_AUDIO':
    case 'CREATE_PLAYER_BUNDLE':
      return 'files';
    default:
      return task satisfies never;
  }
}

describe('the table', () => {
  test('holds the eleven tasks in their order', () => {
    expect(WORKFLOW_TASK_NAMES).toEqual(TABLE);
    expectTypeOf<StoryWorkflowTask>().toEqualTypeOf<(typeof TABLE)[number]>();
  });

  test('says which tasks make files', () => {
    for (const { task, kind } of WORKFLOW_TASKS) {
      expect(kindOfResult(task)).toBe(kind === 'document' ? 'text' : 'files');
    }
  });

  test('has every need before the task that needs it', () => {
    for (const [index, { needs }] of WORKFLOW_TASKS.entries()) {
      const before = WORKFLOW_TASK_NAMES.slice(0, index) as readonly string[];
      expect(needs.map(({ task }) => task).filter((task) => !before.includes(task))).toEqual([]);
    }
  });

  test('tells its tasks from other names', () => {
    expect(TABLE.every(isWorkflowTask)).toBe(true);
    expect(['create_constitution', 'ALL', ''].some(isWorkflowTask)).toBe(false);
  });
});

describe('the folders of the tasks', () => {
  const tasks = new URL('../tasks/', import.meta.url);
  const folders = readdirSync(tasks, { withFileTypes: true }).filter((entry) => entry.isDirectory());

  test('are those of the table', () => {
    const camelCase = (name: string) => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    expect(folders.map(({ name }) => camelCase(name)).sort()).toEqual(WORKFLOW_TASKS.map(({ name }) => name).sort());
  });

  test.each(folders.map(({ name }) => name))('%s has a definition and tests', (name) => {
    const files = readdirSync(new URL(`${name}/`, tasks));
    expect(files).toContain('index.ts');
    expect(files.filter((file) => file.endsWith('.test.ts'))).not.toEqual([]);
  });
});

test('options and runners of every task have their own names', () => {
  expectTypeOf<AgentWorkflowOptions['environmentReferenceTaskOptions']>().toEqualTypeOf<
    | { targetEnvironmentId?: string | undefined; override?: boolean | undefined; resume?: boolean | undefined }
    | undefined
  >();
  expectTypeOf<AgentWorkflowOptions['runEnvironmentReferenceTask']>().toEqualTypeOf<
    TaskRunner<'CREATE_ENVIRONMENT_REFERENCE_IMAGE'> | undefined
  >();
  expectTypeOf<NonNullable<AgentWorkflowOptions['playerBundleTaskOptions']>>().toHaveProperty('overwrite');
  expectTypeOf<NonNullable<AgentWorkflowOptions['shotAudioTaskOptions']>>().toHaveProperty('targetShotIndex');
});
