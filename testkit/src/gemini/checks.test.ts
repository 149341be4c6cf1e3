import { describe, expect, it } from 'vitest';
import { findFault } from './checks.ts';
import { kindOfBody, type WireBody, type WireCall, type WireGenerationConfig } from './wire.ts';

const PNG = Buffer.from('png').toString('base64');
const SAID = [{ role: 'user', parts: [{ text: 'Hello' }] }];
const VOICE = { prebuiltVoiceConfig: { voiceName: 'Kore' } };

function check(body: object): string | undefined {
  const wire = body as WireBody;
  const target = { model: 'gemini-x', path: '', streams: false };
  const call: WireCall = { kind: kindOfBody(wire), ...target, headers: {}, body: wire };
  return findFault(call);
}

function checkConfig(generationConfig: WireGenerationConfig, contents: unknown = SAID): string | undefined {
  return check({ contents, generationConfig });
}

function checkSchema(responseJsonSchema: Record<string, unknown>): string | undefined {
  return checkConfig({ responseMimeType: 'application/json', responseJsonSchema });
}

function checkVoices(speechConfig: object): string | undefined {
  return checkConfig({ responseModalities: ['AUDIO'], speechConfig });
}

const speakers = (...names: string[]) => ({
  multiSpeakerVoiceConfig: { speakerVoiceConfigs: names.map((speaker) => ({ speaker, voiceConfig: VOICE })) },
});

describe('the server refuses', () => {
  it.each([
    ['no contents', {}],
    ['a field it does not know', { contents: SAID, temperature: 1 }],
    ['a part of nothing', { contents: [{ role: 'user', parts: [{}] }] }],
    ['an empty text', { contents: [{ role: 'user', parts: [{ text: '' }] }] }],
    ['two turns of one role', { contents: [...SAID, ...SAID] }],
    ['a last turn of the model', { contents: [...SAID, { role: 'model', parts: [{ text: 'x' }] }] }],
    ['an empty system instruction', { contents: SAID, systemInstruction: { parts: [{ text: '' }] } }],
    [
      'bytes that are no image',
      { contents: [{ role: 'user', parts: [{ inlineData: { mimeType: 'x', data: PNG } }] }] },
    ],
    ['invalid base64', { contents: [{ role: 'user', parts: [{ inlineData: { mimeType: 'image/png', data: '?' } }] }] }],
  ])('%s', (_name, body) => {
    expect(check(body)).toEqual(expect.any(String));
  });

  it.each([
    ['const', { const: 'x' }],
    ['pattern in a property', { type: 'object', properties: { a: { type: 'string', pattern: 'x' } } }],
    ['minLength in an item', { type: 'array', items: { type: 'string', minLength: 1 } }],
    ['default in a definition', { $defs: { a: { default: 1 } }, $ref: '#/$defs/a' }],
    ['$schema', { $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object' }],
    ['words beside a reference', { $defs: { a: {} }, items: { $ref: '#/$defs/a', description: 'x' } }],
    ['a reference to nothing', { items: { $ref: '#/$defs/a' } }],
    ['an enum of booleans', { enum: [true] }],
    ['a required property that is not there', { type: 'object', properties: {}, required: ['a'] }],
    ['an unknown type', { type: 'text' }],
    [
      'long lists',
      {
        anyOf: [
          { type: 'array', maxItems: 500 },
          { type: 'array', maxItems: 500 },
        ],
      },
    ],
  ])('a schema with %s', (_name, schema) => {
    expect(checkSchema(schema)).toEqual(expect.any(String));
  });

  it('a schema without the type of its reply', () => {
    expect(checkConfig({ responseJsonSchema: { type: 'object' } })).toContain('response_mime_type');
  });

  it('structured images, odd formats and sizes', () => {
    const responseModalities = ['TEXT', 'IMAGE'];
    expect(checkConfig({ responseModalities, responseMimeType: 'application/json' })).toContain('responseMimeType');
    expect(checkConfig({ responseModalities, imageConfig: { aspectRatio: '5:1' } })).toContain('5:1');
    expect(checkConfig({ responseModalities, imageConfig: { imageSize: '512' } })).toContain('512');
  });

  it.each([
    ['no voice', {}],
    ['a voice nobody has', { voiceConfig: { prebuiltVoiceConfig: { voiceName: 'Nobody' } } }],
    ['one of several speakers', speakers('a')],
    ['three speakers', speakers('a', 'b', 'c')],
    ['two speakers of one name', speakers('a', 'a')],
    ['both kinds of voices', { voiceConfig: VOICE, ...speakers('a', 'b') }],
  ])('speech with %s', (_name, speechConfig) => {
    expect(checkVoices(speechConfig)).toEqual(expect.any(String));
  });

  it('speech with a system instruction or a temperature', () => {
    const generationConfig = { responseModalities: ['AUDIO'], speechConfig: { voiceConfig: VOICE } };
    expect(check({ contents: SAID, systemInstruction: { parts: [{ text: 'x' }] }, generationConfig })).toContain(
      'enabled',
    );
    expect(check({ contents: SAID, generationConfig: { ...generationConfig, temperature: 1 } })).toContain(
      'temperature',
    );
  });
});

describe('the server takes', () => {
  it('what the service takes', () => {
    expect(check({ contents: SAID })).toBeUndefined();
    expect(checkSchema({ type: ['string', 'null'], enum: ['a', 1], description: 'x' })).toBeUndefined();
    expect(
      checkSchema({ $defs: { a: { type: 'object' } }, type: 'array', items: { $ref: '#/$defs/a' } }),
    ).toBeUndefined();
    expect(checkVoices({ voiceConfig: VOICE })).toBeUndefined();
    expect(checkVoices(speakers('a', 'b'))).toBeUndefined();
    expect(checkConfig({ responseModalities: ['IMAGE'], imageConfig: { aspectRatio: '16:9' } })).toBeUndefined();
  });
});
