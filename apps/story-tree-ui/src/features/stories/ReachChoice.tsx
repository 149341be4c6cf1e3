'use client';

import { Switch } from '../../components/index.ts';
import { EstimateNote } from '../kit/index.ts';
import { LAST_TASKS, MAKES, REACHES, type Reach } from './newStory.ts';

const STEPS: readonly { reach: Reach; label: string; description: string }[] = [
  { reach: 'constitution', label: 'Write the constitution', description: 'Theme, characters, places, tone and rules.' },
  { reach: 'script', label: 'Write the script', description: 'The whole tree of scenelets, with its choices.' },
  {
    reach: 'everything',
    label: 'Make everything up to the playable page',
    description: 'Pictures, voices and the player as well.',
  },
];

/** How far to go at once. Each step needs those before it, so switching one on or off switches the others too. */
export function ReachChoice({
  reach,
  length,
  onChange,
}: {
  reach: Reach;
  /** Scenelets from the beginning to an ending; empty leaves it to the model. */
  length: string;
  onChange(reach: Reach): void;
}) {
  const place = (step: Reach) => REACHES.indexOf(step);
  const makes = MAKES[reach];
  return (
    <fieldset className="grid gap-5 rounded-card border border-line bg-sheet p-5 sm:grid-cols-[1fr_15rem]">
      <legend className="sr-only">How far to go at once</legend>
      <div className="space-y-4">
        {STEPS.map((step) => (
          <Switch
            key={step.reach}
            label={step.label}
            description={step.description}
            checked={place(reach) >= place(step.reach)}
            onChange={(isOn) => onChange(isOn ? step.reach : (REACHES[place(step.reach) - 1] ?? 'idea'))}
          />
        ))}
      </div>
      <div className="border-line text-sm max-sm:border-t max-sm:pt-4 sm:border-s sm:ps-5">
        <h3 className="font-sans font-semibold text-sm">What will happen</h3>
        {makes.length === 0 ? (
          <p className="mt-1.5 text-ink-soft">The story is set up with its prompt, and you continue step by step.</p>
        ) : (
          <ol className="mt-1.5 list-decimal space-y-0.5 ps-4.5 text-ink-soft marker:text-ink-faint">
            {makes.map((made) => (
              <li key={made}>{made}</li>
            ))}
          </ol>
        )}
        {reach !== 'idea' && (
          <div className="mt-3">
            <EstimateNote wanted={{ targetScenelets: length, until: LAST_TASKS[reach] }} />
          </div>
        )}
      </div>
    </fieldset>
  );
}
