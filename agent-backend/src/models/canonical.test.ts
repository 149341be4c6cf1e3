import { describe, expect, test } from 'vitest';
import { canonicalize } from './canonical.ts';
import type { ImageRequest, SpeechRequest, TextRequest } from './ports.ts';

const LONG = 'The sea went out. '.repeat(200);

function text(over: Partial<TextRequest> = {}): TextRequest {
  const turns = [{ role: 'user' as const, text: 'Who is she?' }];
  return { kind: 'text', task: 'CREATE_VISUAL_DESIGN', system: 'Answer.', turns, schema: { type: 'object' }, ...over };
}

function image(over: Partial<ImageRequest> = {}): ImageRequest {
  const references = [{ caption: 'Tam', mimeType: 'image/png', bytes: new Uint8Array([1, 2, 3]) }];
  return {
    kind: 'image',
    task: 'CREATE_SHOT_IMAGES',
    system: 'Draw.',
    prompt: '{}',
    aspectRatio: '16:9',
    references,
    ...over,
  };
}

const speech: SpeechRequest = {
  kind: 'speech',
  task: 'CREATE_SHOT_AUDIO',
  prompt: 'TRANSCRIPT\ntam: Yes.',
  speakers: [{ name: 'tam', voiceName: 'Leda' }],
};

const hash = (request: TextRequest | ImageRequest | SpeechRequest, model = 'm') => canonicalize(request, model).hash;

describe('the hash of a request', () => {
  test.each([text(), image(), speech])(
    'is the same for the same request, by whichever task it is made: $kind',
    (request) => {
      expect(hash(structuredClone(request))).toBe(hash(request));
      expect(hash({ ...request, task: 'ANOTHER' })).toBe(hash(request));
      expect(hash(request)).toMatch(/^[0-9a-f]{64}$/);
    },
  );

  test('is the same in every version of the program', () => {
    // A change here makes every story pay again for what its journal holds: change it knowingly.
    expect([text(), image(), speech].map((request) => hash(request))).toMatchInlineSnapshot(`
      [
        "a3c66ab5d0b47d16792eb3f6b3a3d8dcf200c00f5d03919aa5c4de27b5fb3be4",
        "89e4b0c0ade56e4429aeea59c00bd63f7a3ca20619eb61a3adf0411896fe7185",
        "a88587a64fb934de34da5207210a8f4fe6a55bb6296275e5245ea98723008134",
      ]
    `);
  });

  test.each<[string, TextRequest | ImageRequest | SpeechRequest, TextRequest | ImageRequest | SpeechRequest]>([
    ['system prompt', text(), text({ system: 'Answer!' })],
    ['words', text(), text({ turns: [{ role: 'user', text: 'Who is he?' }] })],
    ['turns', text(), text({ turns: [...text().turns, { role: 'model', text: '{}' }] })],
    ['schema', text(), text({ schema: { type: 'array' } })],
    ['picture prompt', image(), image({ prompt: '[]' })],
    ['format', image(), image({ aspectRatio: '1:1' })],
    ['references', image(), image({ references: [] })],
    [
      'bytes',
      image(),
      image({ references: image().references.map((one) => ({ ...one, bytes: new Uint8Array([9]) })) }),
    ],
    ['captions', image(), image({ references: image().references.map((one) => ({ ...one, caption: 'Zoé' })) })],
    ['voice', speech, { ...speech, speakers: [{ name: 'tam', voiceName: 'Puck' }] }],
  ])('differs with the %s', (_what, one, other) => {
    expect(hash(one)).not.toBe(hash(other));
  });

  test('depends on the model', () => {
    expect(hash(speech, 'tts-1')).not.toBe(hash(speech, 'tts-2'));
  });
});

describe('what the journal keeps', () => {
  test('holds digests in place of bytes', () => {
    const { request } = canonicalize(image(), 'm');
    expect(request).toMatchObject({
      references: [{ caption: 'Tam', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    });
    expect(JSON.stringify(request)).not.toContain('bytes');
  });

  test('refers to long texts by their hash, once for all requests that share them', () => {
    const asking = (question: string) =>
      canonicalize(text({ turns: [{ role: 'user', text: `${LONG}${question}` }], sharedPrefix: LONG }), 'm');
    const [one, other] = [asking('Target: scenelet-1'), asking('Target: scenelet-2')];
    expect([...one.texts.values()]).toEqual([LONG]);
    expect([...other.texts]).toEqual([...one.texts]);
    expect(one.hash).not.toBe(other.hash);
    const [prefix] = one.texts.keys();
    expect(one.request).toMatchObject({ turns: [{ text: [{ sha256: prefix }, 'Target: scenelet-1'] }] });
  });
});

test('what people are shown has every text in full, and no bytes', () => {
  const { readable } = canonicalize(image({ prompt: LONG }), 'm');
  expect(readable).toMatchObject({ model: 'm', kind: 'image', prompt: LONG, references: [{ caption: 'Tam' }] });
  expect(JSON.stringify(readable)).not.toContain('bytes');
});
