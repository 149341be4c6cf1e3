'use client';

import { Card } from '../../components/index.ts';
import { Picture, RegenerateButton, SceneletLink, useStoryPage, useStoryWork } from '../kit/index.ts';
import type { DesignView } from './designViews.ts';

/** How many scenelets are listed before the rest is only counted. */
const NAMED_SCENELETS = 8;

/** A character or an environment with its picture, and the way to regenerate it. */
export function DesignCard({ task, view }: { task: string; view: DesignView }) {
  const { isMaking } = useStoryWork();
  return (
    <Card className="flex flex-col overflow-hidden">
      <Picture
        path={view.imagePath}
        alt={view.facts[0]?.text ?? view.name}
        title={view.name}
        isBeingMade={isMaking(task, view.id)}
      />
      <div className="flex flex-1 flex-col gap-4 p-5">
        <div>
          <h3 dir="auto" className="text-lg">
            {view.name}
          </h3>
          {view.role && (
            <p dir="auto" className="font-display text-ink-soft text-sm italic">
              {view.role}
            </p>
          )}
        </div>
        <dl className="space-y-2.5 text-sm">
          {view.facts.map(({ name, text }) => (
            <div key={name}>
              <dt className="text-ink-faint text-xs">{name}</dt>
              <dd dir="auto">{text}</dd>
            </div>
          ))}
        </dl>
        {view.prompts.length > 0 && <Prompts prompts={view.prompts} />}
        <div className="mt-auto flex flex-wrap items-end justify-between gap-3 pt-1">
          <Appearances labels={view.sceneletLabels} />
          <RegenerateButton task={task} target={view.target} thing={view.thing} exists={view.imagePath !== null} />
        </div>
      </div>
    </Card>
  );
}

function Prompts({ prompts }: Pick<DesignView, 'prompts'>) {
  return (
    <details className="text-sm">
      <summary className="text-ink-soft hover:text-ink">
        {prompts.length === 1 ? 'The prompt for its picture' : 'The prompts for its picture'}
      </summary>
      <div className="mt-2 space-y-3">
        {prompts.map(({ title, text }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: plates of a sheet keep their places
          <div key={index} className="rounded-control bg-sunken px-3 py-2">
            <p dir="auto" className="font-medium text-xs">
              {title}
            </p>
            <p dir="auto" className="mt-1 text-ink-soft">
              {text}
            </p>
          </div>
        ))}
      </div>
    </details>
  );
}

function Appearances({ labels }: { labels: readonly string[] }) {
  const { tree } = useStoryPage();
  const known = labels.filter((label) => tree.byLabel.has(label));
  if (known.length === 0) return <span />;
  const more = known.length - NAMED_SCENELETS;
  return (
    <p className="flex min-w-0 flex-1 basis-56 flex-wrap gap-x-2.5 gap-y-1">
      <span className="sr-only">Appears in</span>
      {known.slice(0, NAMED_SCENELETS).map((label) => (
        <SceneletLink key={label} label={label} />
      ))}
      {more > 0 && <span className="text-ink-faint text-xs">and {more} more</span>}
    </p>
  );
}
