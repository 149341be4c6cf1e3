/** The sound of the whole sample story, in the shape of the audio design's reply. */
export const SAMPLE_SONIC_IDENTITY = {
  musical_direction:
    'A small harbour band that plays as if not to wake anyone: harmonium, plucked fiddle, one tuba with a good heart. ' +
    'Music breathes where the wind should be.',
  sound_effect_philosophy:
    'The absence of wind is the main sound: clocks, drips and footsteps stand out too clearly. When air moves again it ' +
    'is heard first in small things, such as a paper label.',
} as const;

/** A music cue and the scenelets it belongs to: those whose label is listed. */
interface SampleCue {
  name: string;
  description: string;
  prompt: string;
  labels: readonly string[];
}

export const SAMPLE_CUES: readonly SampleCue[] = [
  {
    name: 'A Letter in the Beak',
    description: 'The workshop and the scrap drawer: busy, crooked, affectionate.',
    prompt: 'Playful chamber waltz, plucked fiddle and harmonium, ticking clock, warm room, 84 bpm, instrumental',
    labels: ['scenelet-1', 'scenelet-3b', 'scenelet-4b'],
  },
  {
    name: 'Flat as a Plate',
    description: 'The becalmed sea and the road to the moor: too quiet.',
    prompt:
      'Sparse harmonium drone, single piano notes with long gaps, distant bell buoy, windless, uneasy, instrumental',
    labels: ['scenelet-2', 'scenelet-3a', 'scenelet-5ab', 'scenelet-6ab', 'scenelet-5bb'],
  },
  {
    name: 'Lost Property',
    description: 'Among the shelves with the Wind: tender and a little absurd.',
    prompt: 'Tender slow waltz, breathy flute, harmonium, celesta, paper rustle, intimate, 66 bpm, instrumental',
    labels: ['scenelet-4a', 'scenelet-5aa', 'scenelet-6aa', 'scenelet-6bb', 'scenelet-7abb', 'scenelet-8abb'],
  },
  {
    name: 'All Hands and Bathtubs',
    description: 'Rowing out and coming home.',
    prompt: 'Swelling harbour march, tuba, accordion, hand claps, humming crowd, joyful, sunrise, 96 bpm, instrumental',
    labels: [
      'scenelet-5ba',
      'scenelet-6ba',
      'scenelet-7ba',
      'scenelet-7bb',
      'scenelet-7aaa',
      'scenelet-8aaa',
      'scenelet-7aab',
      'scenelet-8aab',
      'scenelet-7aba',
      'scenelet-8aba',
    ],
  },
];
