import { describe, expect, it } from 'vitest';
import { requestParts } from './ShotRequestsDialog.tsx';

describe('requestParts', () => {
  it('lays out a picture request with what matters first', () => {
    const references = [{ caption: 'Character model sheet of Mara', mimeType: 'image/png', sha256: 'ab' }];
    const request = {
      model: 'm',
      kind: 'image',
      system: 'Draw.',
      prompt: '{"a":{"b":1}}',
      aspectRatio: '16:9',
      references,
    };
    expect(requestParts(request)).toEqual([
      { name: 'Prompt', text: '{\n  "a": {\n    "b": 1\n  }\n}' },
      { name: 'Attached pictures', text: 'Character model sheet of Mara' },
      { name: 'Instructions', text: 'Draw.' },
      { name: 'Aspect ratio', text: '16:9' },
      { name: 'Model', text: 'm' },
    ]);
  });

  it('names voices on lines of their own', () => {
    const speakers = [
      { name: 'Mara', voiceName: 'Kore' },
      { name: 'Tom', voiceName: 'Puck' },
    ];
    expect(requestParts({ kind: 'speech', prompt: '{not json', speakers })).toEqual([
      { name: 'Prompt', text: '{not json' },
      { name: 'Voices', text: 'Mara: Kore\nTom: Puck' },
    ]);
  });

  it('shows what it does not know as it is', () => {
    expect(requestParts({ seed: 7 })).toEqual([{ name: 'seed', text: '7' }]);
    expect(requestParts('plain')).toEqual([{ name: 'Request', text: 'plain' }]);
    expect(requestParts({ references: [] })).toEqual([]);
  });
});
