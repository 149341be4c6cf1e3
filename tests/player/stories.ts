import type { BundleNext, BundleScenelet, BundleShot, StoryBundle } from '../../domain/src/bundle.ts';

/** A shot with picture and caption, and with speech where asked for. */
export function shot(scenelet: string, shotIndex: number, line: string, changes: Partial<BundleShot> = {}): BundleShot {
  return {
    shotIndex,
    imagePath: `assets/shots/${scenelet}/${shotIndex}_key_frame.png`,
    audioPath: null,
    alternativeText: `What shot ${shotIndex} of ${scenelet} shows`,
    captions: line === '' ? [] : [{ speaker: null, line }],
    ...changes,
  };
}

/** The path of a shot's speech in a bundle. */
export function speech(scenelet: string, shotIndex: number): string {
  return `assets/shots/${scenelet}/${shotIndex}_audio.wav`;
}

export function scenelet(id: string, next: BundleNext, ...lines: string[]): BundleScenelet {
  return {
    id,
    description: `What happens in ${id}`,
    shots: lines.map((line, index) => shot(id, index + 1, line)),
    next,
  };
}

/** A story of the given scenelets; the first is its root. */
export function story(scenelets: BundleScenelet[], metadata: Partial<StoryBundle['metadata']> = {}): StoryBundle {
  const title = 'The Lighthouse at the End';
  return {
    metadata: { storyId: 'lighthouse', title, exportedAt: '2026-01-01T00:00:00.000Z', language: 'en', ...metadata },
    rootSceneletId: scenelets[0]?.id ?? '',
    scenelets,
  };
}

export function branch(choicePrompt: string, choices: Record<string, string>): BundleNext {
  return {
    type: 'branch',
    choicePrompt,
    choices: Object.entries(choices).map(([label, sceneletId]) => ({ label, sceneletId })),
  };
}

/** Two choice points, three endings; one shot speaks, the others are silent. */
export function lighthouseStory(): StoryBundle {
  const opening = scenelet('scenelet-1', { type: 'linear', sceneletId: 'scenelet-2' }, 'The lamp has gone out.');
  const arrival = scenelet(
    'scenelet-2',
    branch('Where do you look first?', { 'Climb the stairs': 'scenelet-3a', 'Row to the reef': 'scenelet-3b' }),
    'A door stands open.',
    'Who is there?',
  );
  arrival.shots[1] = shot('scenelet-2', 2, '', {
    audioPath: speech('scenelet-2', 2),
    captions: [{ speaker: 'Mira', line: 'Who is there?' }],
  });
  return story([
    opening,
    arrival,
    scenelet('scenelet-3a', { type: 'terminal' }, 'The keeper smiles from the lamp room.'),
    scenelet(
      'scenelet-3b',
      branch('The tide turns.', { 'Stay with the boat': 'scenelet-4a', 'Swim for it': 'scenelet-4b' }),
      'Waves.',
    ),
    scenelet('scenelet-4a', { type: 'terminal' }, 'The boat carries you home.'),
    scenelet('scenelet-4b', { type: 'terminal' }, 'You reach the sand at dawn.'),
  ]);
}
