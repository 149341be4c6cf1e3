import type { TextRequest } from '@story-tree/agent-backend';
import type { ModelScript } from '@story-tree/agent-backend/testing';
import { createStubModels } from '@story-tree/stub-models';
import { promptOnly } from '@story-tree/testkit/stories/tellableStory.ts';
import { failureOf, textOf } from '@story-tree/testkit/stories/workflowRig.ts';
import { describe, expect, test } from 'vitest';
import { killed, type OperationRig, operationRig, type RigOptions } from './testOperation.ts';

const BEFORE = '# Low Tide\n\nA door in the sea.';

/** The words of the person that a request ends with. */
function lastWords(request: TextRequest): string {
  const json = /```json\n([\s\S]+)\n```$/.exec(request.turns[0]?.text ?? '')?.[1] ?? '[]';
  return (JSON.parse(json) as { text: string }[]).at(-1)?.text ?? '';
}

const constitutionIn = (request: TextRequest) =>
  /^## Constitution\n\n([\s\S]*?)\n\n## Conversation/.exec(request.turns[0]?.text ?? '')?.[1];

/** Does every wish by a line at the end of the constitution; only answers what ends in a question mark. */
const EDITOR: ModelScript = {
  text(request) {
    const wish = lastWords(request);
    const document = wish.endsWith('?') ? null : `${constitutionIn(request)}\n\n- ${wish}`;
    return { reply: `About "${wish}".`, story_constitution_markdown: document };
  },
};

function chat(turns: string[], options: RigOptions = {}, state = promptOnly({ storyConstitution: BEFORE })) {
  return operationRig(
    state,
    { operation: 'CONSTITUTION_CHAT_UPDATE', payload: { turns } },
    { script: EDITOR, ...options },
  );
}

const messages = ({ log }: OperationRig) =>
  log.map(({ eventType, message, payload }) => [eventType, payload?.role, payload?.turn, message]);

describe('a chat', () => {
  test('keeps what both said in order, and what came of it as one new version', async () => {
    const rig = chat(['Make her older.', 'Why the sea?', 'Add a dog.']);
    const result = await rig.run();
    expect(messages(rig)).toEqual([
      ['chat_message', 'user', 1, 'Make her older.'],
      ['chat_message', 'model', 1, 'About "Make her older.".'],
      ['chat_message', 'user', 2, 'Why the sea?'],
      ['chat_message', 'model', 2, 'About "Why the sea?".'],
      ['chat_message', 'user', 3, 'Add a dog.'],
      ['chat_message', 'model', 3, 'About "Add a dog.".'],
    ]);
    const versions = await rig.repositories.stories.constitutionVersions(rig.context.story.id);
    expect(versions).toMatchObject([
      { version: 1, origin: 'chat', markdown: `${BEFORE}\n\n- Make her older.\n\n- Add a dog.` },
    ]);
    expect(result.payload).toEqual({ constitutionVersion: 1, changed: true });
    expect((await rig.state()).story.storyConstitution).toBe(versions[0]?.markdown);
  });

  test('that changes nothing names the version that there is', async () => {
    const rig = chat(['Why the sea?']);
    await rig.repositories.stories.reviseConstitution(rig.context.story.id, 'Something else', 'restored');
    expect((await rig.run()).payload).toEqual({ constitutionVersion: 1, changed: false });
    expect(rig.writes()).toEqual(['stories.reviseConstitution']);
  });

  test('knows what was said before, in this task and in others', async () => {
    const state = promptOnly({ storyConstitution: BEFORE });
    const first = chat(['Add a dog.'], { task: { id: 'task-0', createdAt: new Date(0) } }, state);
    await first.run();
    first.log.push({
      ...(first.log[0] as (typeof first.log)[number]),
      id: '99',
      taskId: 'task-x',
      message: 'unanswered',
    });
    // The first chat ended before this one was asked for.
    const second = chat(['Why?', 'And then?'], { after: first, task: { createdAt: new Date(Date.now() + 1) } }, state);
    await second.run();
    const [, request] = second.models.requests;
    const text = request?.kind === 'text' ? (request.turns[0]?.text ?? '') : '';
    const said = JSON.parse(/```json\n([\s\S]+)\n```$/.exec(text)?.[1] ?? '');
    expect(said).toEqual([
      { role: 'user', text: 'Add a dog.' },
      { role: 'model', text: 'About "Add a dog.".' },
      { role: 'user', text: 'Why?' },
      { role: 'model', text: 'About "Why?".' },
      { role: 'user', text: 'And then?' },
    ]);
  });

  test('needs something to talk about', async () => {
    const rig = chat(['Hello?'], {}, promptOnly());
    const failure = await failureOf(rig.run());
    expect(failure.code).toBe('prerequisite_missing');
    expect(failure.message).toBe('There is no constitution to talk about yet. Run CREATE_CONSTITUTION first.');
    expect(rig.log).toEqual([]);
    expect(rig.models.requests).toEqual([]);
  });

  test('shows the words as they come, and takes them away once they are kept', async () => {
    const rig = chat(['Hello?'], {
      script: {
        text(_request, context) {
          for (const soFar of [
            '{"rep',
            '{"reply": "Hel',
            '{"reply": "Hello \\ud83d',
            '{"reply": "Hello \\ud83d\\udc4b',
          ]) {
            context.onText?.(soFar);
          }
          return { reply: 'Hello 👋', story_constitution_markdown: null };
        },
      },
    });
    await rig.run();
    expect(rig.drafts).toEqual([...['', 'Hel', 'Hello ', 'Hello 👋'].map((text) => ({ turn: 1, text })), null]);
  });

  test('takes back what was shown when the answer fails', async () => {
    const rig = chat(['Hello?'], {
      script: {
        text(_request, context) {
          context.onText?.('{"reply": "Hel');
          throw new Error('socket 10.0.0.7 says AIzaSecret');
        },
      },
    });
    const failure = await failureOf(rig.run());
    expect(failure.code).toBe('internal');
    expect(failure.message).not.toContain('AIza');
    expect(rig.drafts.at(-1)).toBeNull();
    expect(messages(rig)).toEqual([['chat_message', 'user', 1, 'Hello?']]);
  });

  test('ends at once when it is cancelled', async () => {
    const controller = new AbortController();
    const rig = chat(['Hello?', 'Still there?'], {
      script: {
        text: (_request, { signal }) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason));
            controller.abort();
          }),
      },
    });
    const workflow = { ...rig.context.workflow, signal: controller.signal };
    Object.assign(rig.context, { workflow });
    expect((await failureOf(rig.run())).code).toBe('cancelled');
    expect(messages(rig)).toHaveLength(1);
  });
});

describe('a chat that was killed', () => {
  const TURNS = ['Make her older.', 'Why the sea?', 'Add a dog.'];
  const AFTER = `${BEFORE}\n\n- Make her older.\n\n- Add a dog.`;

  /** Every place at which a process can end: before or after a message is kept, at a call, before or after the outcome. */
  const PLACES = [
    ...[1, 2, 3, 4, 5, 6].flatMap((nth) => [`before message ${nth}`, `after message ${nth}`]),
    ...[1, 2, 3].map((nth) => `in call ${nth}`),
    'before the outcome',
    'after the outcome',
  ];

  function killedAt(place: string, state = promptOnly({ storyConstitution: BEFORE })) {
    let calls = 0;
    const rig = chat(
      TURNS,
      {
        script: {
          text(request, context) {
            calls += 1;
            if (place === `in call ${calls}`) throw killed();
            return EDITOR.text?.(request, context);
          },
        },
      },
      state,
    );
    const { record, workflow } = rig.context;
    const { repositories } = workflow;
    const stories: typeof repositories.stories = {
      ...repositories.stories,
      get: (id) => repositories.stories.get(id),
      constitutionVersions: (id) => repositories.stories.constitutionVersions(id),
      async reviseConstitution(...revision) {
        if (place === 'before the outcome') throw killed();
        const version = await repositories.stories.reviseConstitution(...revision);
        if (place === 'after the outcome') throw killed();
        return version;
      },
    };
    Object.assign(rig.context, {
      workflow: { ...workflow, repositories: { ...repositories, stories } },
      async record(...events: Parameters<typeof record>) {
        const nth = rig.log.length + 1;
        if (place === `before message ${nth}`) throw killed();
        await record(...events);
        if (place === `after message ${nth}`) throw killed();
      },
    });
    return { rig, state };
  }

  /** What a task that was asked for before a clock was set back shows of its past. */
  const ahead = { createdAt: new Date(Date.now() + 6 * 60 * 60 * 1_000) };

  test.each([
    ...PLACES.map((place) => ({ place, clock: 'as it was', task: {} })),
    { place: 'after the outcome', clock: 'set back', task: ahead },
  ])('$place is resumed: nothing is said or paid for twice; the clock: $clock', async ({ place, task }) => {
    const { rig: first, state } = killedAt(place);
    expect((await failureOf(first.run())).code).toBe('interrupted');

    const second = chat(TURNS, { after: first, context: { resumed: true }, task }, state);
    const result = await second.run();
    expect(messages(second).map(([, role, turn]) => [role, turn])).toEqual(
      [1, 2, 3].flatMap((turn) => [
        ['user', turn],
        ['model', turn],
      ]),
    );
    const answered = second.journal.calls.filter(({ status }) => status === 'committed');
    expect(answered.map(({ unitKey }) => unitKey)).toEqual(['turn-1', 'turn-2', 'turn-3']);
    const versions = await second.repositories.stories.constitutionVersions(state.story.id);
    expect(versions.map(({ markdown }) => markdown)).toEqual([AFTER]);
    expect(result.payload).toEqual({ constitutionVersion: 1, changed: true });
  });

  test('the same words in another task get an answer of their own, though nobody remembers the first', async () => {
    const state = promptOnly({ storyConstitution: BEFORE });
    const first = chat(['Why?'], {}, state);
    await first.run();
    const forgetful = { chatHistory: async () => [] };
    const second = chat(['Why?'], { after: first, task: { id: 'task-2' }, context: forgetful }, state);
    await second.run();
    expect(second.models.requests).toEqual(first.models.requests);
  });
});

test('the stub takes wishes down, the same way each time', async () => {
  const stub = textOf(createStubModels());
  const rig = chat(['A dog, please.\nA big one.', 'And rain.'], { script: stub });
  await rig.run();
  const replies = rig.log.filter(({ payload }) => payload?.role === 'model').map(({ message }) => message);
  expect(replies[0]).toContain('“A dog, please. A big one.”');
  const constitution = (await rig.state()).story.storyConstitution;
  expect(constitution).toBe(`${BEFORE}\n\n## Wishes\n\n- A dog, please. A big one.\n- And rain.`);
  const again = chat(['A dog, please.\nA big one.', 'And rain.'], { script: stub });
  await again.run();
  expect((await again.state()).story.storyConstitution).toBe(constitution);
  expect(again.log.map(({ message }) => message)).toEqual(rig.log.map(({ message }) => message));
});
