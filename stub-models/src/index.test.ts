import { describe, expect, it } from 'vitest';
import { createStubModels, SAMPLE_PROMPT, SAMPLE_TITLE } from './index.ts';
import {
  answer,
  CONSTITUTION,
  imageRequest,
  inConstitution,
  liveContext,
  speechRequest,
  textRequest,
} from './testRequests.ts';

const scriptRequest = textRequest('CREATE_INTERACTIVE_SCRIPT', inConstitution(CONSTITUTION), 'Target: root');

describe('createStubModels', () => {
  it('refuses settings out of range', () => {
    expect(() => createStubModels({ sceneletCount: 0 })).toThrow(/STUB_SCENELETS must be a whole number/);
    expect(() => createStubModels({ branching: 1.5 })).toThrow(/STUB_BRANCHING/);
    expect(() => createStubModels({ shotsPerScenelet: Number.NaN })).toThrow(/STUB_SHOTS_PER_SCENELET/);
    expect(() => createStubModels({ latencyMs: -1 })).toThrow(/STUB_LATENCY_MS/);
  });

  it.each(['text', 'image', 'speech'] as const)('cancels a %s call that is aborted while it waits', async (kind) => {
    const models = createStubModels({ latencyMs: 60_000 });
    const controller = new AbortController();
    const context = { signal: controller.signal };
    const call = {
      text: () => models.text(scriptRequest, context),
      image: () => models.image(imageRequest('CREATE_SHOT_IMAGES', {}), context),
      speech: () => models.speech(speechRequest('Hello.', 'Kore'), context),
    }[kind]();
    controller.abort();
    await expect(call).rejects.toMatchObject({ name: 'StoryTreeError', code: 'cancelled' });
  });

  it('does not start a call that is already aborted', async () => {
    const context = { signal: AbortSignal.abort() };
    await expect(createStubModels().text(scriptRequest, context)).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('refuses a task without a document, and a request that names no target', async () => {
    const models = createStubModels();
    await expect(models.text(textRequest('CREATE_PLAYER_BUNDLE', 'x'), liveContext())).rejects.toThrow(/no document/);
    await expect(models.text(textRequest('CREATE_INTERACTIVE_SCRIPT', 'x'), liveContext())).rejects.toThrow(
      /names none/,
    );
  });

  it('reports its model ids, no cost and one attempt', async () => {
    const models = createStubModels({ latencyMs: 1 });
    const { facts } = await models.text(scriptRequest, liveContext());
    expect(facts).toEqual({
      modelVersion: 'stub-text',
      usage: { input: {}, cachedInput: 0, output: {}, thoughts: 0 },
      attempts: 1,
      latencyMs: 1,
    });
    expect([models.modelId('text'), models.modelId('image'), models.modelId('speech')]).toEqual([
      'stub-text',
      'stub-image',
      'stub-speech',
    ]);
  });
});

interface Constitution {
  proposed_story_title: string;
  story_constitution_markdown: string;
  target_scenelets_per_path: number;
}

const constitute = (text: string) => answer<Constitution>(createStubModels(), textRequest('CREATE_CONSTITUTION', text));

describe('the constitution', () => {
  it('is the hand-written one for the sample prompt', async () => {
    const reply = await constitute(`Prompt: ${SAMPLE_PROMPT}`);
    expect(reply.proposed_story_title).toBe(SAMPLE_TITLE);
    expect(reply.story_constitution_markdown).toContain(`> ${SAMPLE_PROMPT}`);
  });

  it('takes title, premise and options from the request', async () => {
    const reply = await constitute(
      'Prompt: A lighthouse keeper finds a door in the sea\nLanguage: Deutsch\nAudience: children\nScenelets per path: 5',
    );
    expect(reply.proposed_story_title).toBe('The Lighthouse Keeper and the Door in the Sea');
    expect(reply.story_constitution_markdown).toContain('> A lighthouse keeper finds a door in the sea\n');
    expect(reply.story_constitution_markdown).toContain('Deutsch');
    expect(reply.story_constitution_markdown).toContain('children');
    expect(reply.target_scenelets_per_path).toBe(5);
  });

  it('includes the guidance, however many lines it has', async () => {
    const reply = await constitute('Prompt:\nA door\n\nLanguage: Deutsch\n\nGuidance:\nDarker.\nBy night.');
    expect(reply.story_constitution_markdown).toContain('> A door\n');
    expect(reply.story_constitution_markdown).toContain('- **Guidance:** Darker. By night.\n');
  });

  it.each([
    ['李小龙在月球上开了一家面馆', '李小龙在月球上开了一家面馆'],
    ['Ein Bäcker, der nachts Wolken backt', 'Ein Bäcker'],
    ['the night train that only stops for the lost, and a boy', 'The Night Train That Only Stops for the Lost'],
    ['</script>"$\'', 'Script'],
    ['…', 'A Story without a Name'],
  ])('finds a title in %s', async (prompt, title) => {
    expect((await constitute(`Prompt: ${prompt}`)).proposed_story_title).toBe(title);
  });
});

describe('a conversation about a constitution', () => {
  const chatRequest = (constitution: string, ...words: string[]) =>
    textRequest(
      'CONSTITUTION_CHAT_UPDATE',
      inConstitution(constitution),
      `## Conversation (JSON)\n\n\`\`\`json\n${JSON.stringify(words.map((text) => ({ role: 'user', text })))}\n\`\`\``,
    );

  interface ChatReply {
    reply: string;
    story_constitution_markdown: string;
  }

  it('quotes the last wish and puts it at the end, below those before it', async () => {
    const models = createStubModels();
    const first = await answer<ChatReply>(models, chatRequest(CONSTITUTION, 'Long ago.', 'A dog.\n\nAnd "rain".'));
    expect(first.reply).toContain('“A dog. And "rain".”');
    expect(first.story_constitution_markdown.trim()).toBe(`${CONSTITUTION}\n\n## Wishes\n\n- A dog. And "rain".`);
    const second = await answer<ChatReply>(models, chatRequest(first.story_constitution_markdown, 'Snow.'));
    expect(second.story_constitution_markdown.trim()).toBe(
      `${CONSTITUTION}\n\n## Wishes\n\n- A dog. And "rain".\n- Snow.`,
    );
  });

  it('arrives piece by piece if somebody listens', async () => {
    const heard: string[] = [];
    const request = chatRequest(CONSTITUTION, 'A dog.');
    const models = createStubModels();
    const { text } = await models.text(request, { ...liveContext(), onText: (soFar) => heard.push(soFar) });
    expect(text).toBe((await models.text(request, liveContext())).text);
    expect(heard.length).toBeGreaterThan(10);
    expect(heard.at(-1)).toBe(text);
    expect(
      heard.every((soFar, index) => text.startsWith(soFar) && soFar.length > (heard[index - 1]?.length ?? 0)),
    ).toBe(true);
  });

  it('stops in the middle when it is aborted', async () => {
    const controller = new AbortController();
    const heard: string[] = [];
    const call = createStubModels().text(chatRequest(CONSTITUTION, 'A dog.'), {
      signal: controller.signal,
      onText: (soFar) => {
        heard.push(soFar);
        if (heard.length === 3) controller.abort();
      },
    });
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    expect(heard).toHaveLength(3);
  });
});
