'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CopyButton, Dialog, ErrorState, SkeletonText } from '../../components/index.ts';
import type { ShotRequests } from '../../wire/index.ts';
import { api, queryKeys } from '../client/index.ts';
import type { StoryShot } from '../kit/index.ts';
import { Scrollable, Segments, useStoryPage } from '../kit/index.ts';
import { type RequestPart, requestParts } from './requestParts.ts';

type Kind = keyof ShotRequests;

const NOTHING: Record<Kind, string> = {
  image: 'No picture of this shot was asked for yet.',
  speech: 'No speech of this shot was asked for yet.',
};

/** What the models were told to make a shot's picture and its speech. */
export function ShotRequestsDialog({ shot, label, onClose }: { shot: StoryShot; label: string; onClose(): void }) {
  const { storyId } = useStoryPage();
  const [kind, setKind] = useState<Kind>('image');
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: queryKeys.shotRequests(storyId, shot.id),
    queryFn: ({ signal }) => {
      const path = `/api/stories/${encodeURIComponent(storyId)}/shots/${encodeURIComponent(shot.id)}/prompt`;
      return api.get<ShotRequests>(path, { signal });
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="large"
      title={`Prompts of shot ${shot.shotIndex}, ${label}`}
      description="What was sent to the models the last time."
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
