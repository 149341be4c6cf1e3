'use client';

import { useState } from 'react';
import { CopyButton, Dialog, ErrorState, SkeletonText } from '../../components/index.ts';
import type { ShotRequests } from '../../wire/index.ts';
import { Scrollable, Segments, type StoryShot, useShotRequests, useStoryPage } from '../kit/index.ts';

type Kind = keyof ShotRequests;

const NOTHING: Record<Kind, string> = {
  image: 'No picture of this shot has been requested yet.',
  speech: 'No speech for this shot has been requested yet.',
};

/** What the models were told to make a shot's picture and its speech. */
export function ShotRequestsDialog({ shot, label, onClose }: { shot: StoryShot; label: string; onClose(): void }) {
  const { storyId } = useStoryPage();
  const [kind, setKind] = useState<Kind>('image');
  const { data, error, refetch, isFetching } = useShotRequests(storyId, shot.id);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="large"
      title={`Prompts of shot ${shot.shotIndex}, ${label}`}
      description="What was last sent to the models."
    >
      <div className="space-y-4">
        <Segments<Kind>
          label="Which prompt is shown"
          value={kind}
          onChange={setKind}
          options={[
            { value: 'image', label: 'Picture' },
            { value: 'speech', label: 'Speech' },
          ]}
        />
        {data && <RequestText request={data[kind]} nothing={NOTHING[kind]} />}
        {!data && !error && <SkeletonText lines={8} />}
        {!data && error && (
          <ErrorState title="The prompts could not be loaded" error={error} onRetry={refetch} retrying={isFetching} />
        )}
      </div>
    </Dialog>
  );
}

function RequestText({ request, nothing }: { request: unknown; nothing: string }) {
  if (request === null || request === undefined) return <p className="text-ink-soft">{nothing}</p>;
  return requestParts(request).map((part) => <Part key={part.name} part={part} />);
}

function Part({ part: { name, text } }: { part: RequestPart }) {
  return (
    <section aria-label={name}>
      <div className="mb-1 flex items-center justify-between gap-3">
        <h3 className="font-sans font-semibold text-sm">{name}</h3>
        <CopyButton text={text} label={`Copy ${name.toLowerCase()}`} iconOnly />
      </div>
      <Scrollable label={`${name}, text`} className="max-h-80 rounded-control bg-sunken px-4 py-3">
        <pre dir="auto" className="whitespace-pre-wrap font-mono text-xs leading-relaxed [overflow-wrap:anywhere]">
          {text}
        </pre>
      </Scrollable>
    </section>
  );
}

/** A part of a request under a readable name. */
interface RequestPart {
  name: string;
  text: string;
}

/** The names of a request's parts, in the order in which they are shown. */
const NAMES: Readonly<Record<string, string>> = {
  prompt: 'Prompt',
  speakers: 'Voices',
  references: 'Attached pictures',
  system: 'Instructions',
  aspectRatio: 'Aspect ratio',
  model: 'Model',
};

/** A request to a model, part by part; parts without a readable name come last under their own. */
export function requestParts(request: unknown): RequestPart[] {
  if (!isRecord(request)) return [{ name: 'Request', text: readable(request) }];
  const known = Object.keys(NAMES).filter((key) => key in request);
  const others = Object.keys(request).filter((key) => !(key in NAMES) && key !== 'kind');
  return [...known, ...others]
    .map((key) => ({ name: NAMES[key] ?? key, text: readable(request[key]) }))
    .filter(({ text }) => text !== '');
}

function readable(value: unknown): string {
  if (typeof value === 'string') return indented(value);
  if (Array.isArray(value)) return value.map(oneLine).join('\n');
  return JSON.stringify(value, null, 2) ?? '';
}

/** JSON within a text is indented; all other texts stay as they are. */
function indented(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function oneLine(item: unknown): string {
  if (!isRecord(item)) return readable(item);
  if (typeof item.caption === 'string') return item.caption;
  return Object.values(item).map(String).join(': ');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
