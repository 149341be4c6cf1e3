'use client';

import { type Issue, MAX_PROMPT_LENGTH } from '@story-tree/domain';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ErrorState, Field, Input, Select, Textarea } from '../../components/index.ts';
import type { ApiError } from '../client/index.ts';
import { LimitField, limitOf } from '../kit/index.ts';
import { ExamplePrompts } from './Examples.tsx';
import { complaintAbout, LENGTHS, type NewStory } from './newStory.ts';
import { ReachChoice } from './ReachChoice.tsx';

/** From this length on, the form says how much room is left. */
const COUNTED_FROM = 0.75 * MAX_PROMPT_LENGTH;

const PROMPT_MISSING = 'Say what the story is about, or take one of the examples.';

export function NewStoryForm({
  id,
  story,
  error,
  onChange,
  onSubmit,
}: {
  id: string;
  story: NewStory;
  error: ApiError | null;
  onChange(story: NewStory): void;
  onSubmit(): void;
}) {
  const [isPromptMissing, setPromptMissing] = useState(false);
  const issues = error?.issues ?? [];
  const set = (change: Partial<NewStory>) => {
    setPromptMissing(false);
    onChange({ ...story, ...change });
  };

  function send(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    setPromptMissing(story.prompt.trim() === '');
    if (story.prompt.trim() === '') event.currentTarget.querySelector('textarea')?.focus();
    else if (!('complaint' in limitOf(story.limit))) onSubmit();
  }

  return (
    <form
      id={id}
      noValidate
      onSubmit={send}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        event.currentTarget.requestSubmit();
      }}
      className="space-y-6"
    >
      {error && issues.length === 0 && <ErrorState title="The story could not be created" error={error} />}
      <div>
        <Field
          label="Prompt"
          required
          error={isPromptMissing ? PROMPT_MISSING : complaintAbout(issues, 'prompt')}
          aside={story.prompt.length > COUNTED_FROM && `${story.prompt.length} of ${MAX_PROMPT_LENGTH} characters`}
        >
          <Textarea
            dir="auto"
            value={story.prompt}
            onChange={(event) => set({ prompt: event.target.value })}
            placeholder="A lighthouse keeper wakes to find that her lighthouse has moved inland overnight…"
            className="min-h-32 font-display text-lg leading-relaxed sm:text-lg"
          />
        </Field>
        <ExamplePrompts onChoose={(prompt) => set({ prompt })} />
      </div>
      <ReachChoice reach={story.reach} length={story.length} onChange={(reach) => set({ reach })} />
      <Details isWrong={'complaint' in limitOf(story.limit)} issues={issues}>
        <Field
          label="Name"
          optional
          hint="Otherwise the story names itself."
          error={complaintAbout(issues, 'displayName')}
        >
          <Input dir="auto" value={story.displayName} onChange={(event) => set({ displayName: event.target.value })} />
        </Field>
        <Field
          label="Language"
          optional
          hint="Otherwise the language of the prompt."
          error={complaintAbout(issues, 'language')}
        >
          <Input
            value={story.language}
            onChange={(event) => set({ language: event.target.value })}
            placeholder="Portuguese"
          />
        </Field>
        <Field label="Audience" optional error={complaintAbout(issues, 'audience')}>
          <Input
            value={story.audience}
            onChange={(event) => set({ audience: event.target.value })}
            placeholder="Children from eight"
          />
        </Field>
        <Field label="Length" error={complaintAbout(issues, 'targetScenelets')}>
          <Select value={story.length} onChange={(event) => set({ length: event.target.value })}>
            {LENGTHS.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        <LimitField
          value={story.limit}
          onChange={(limit) => set({ limit })}
          complaint={complaintAbout(issues, 'maxCost')}
        />
      </Details>
    </form>
  );
}

const FIELDS = ['displayName', 'language', 'audience', 'targetScenelets', 'maxCost'];

/** Options that few people need. They expand by themselves when something in them is wrong. */
function Details({
  isWrong,
  issues,
  children,
}: {
  /** Something in them cannot be sent as it is. */
  isWrong: boolean;
  issues: readonly Issue[];
  children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  const hasIssue = FIELDS.some((field) => complaintAbout(issues, field) !== undefined);
  return (
    <details open={isOpen || isWrong || hasIssue} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="font-medium text-accent text-sm">Name, language, audience, length and limit</summary>
      <div className="mt-4 grid gap-5 sm:grid-cols-2">{children}</div>
    </details>
  );
}
