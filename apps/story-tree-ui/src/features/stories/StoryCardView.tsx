'use client';

import CircleCheck from 'lucide-react/icons/circle-check';
import Clock from 'lucide-react/icons/clock';
import Link from 'next/link';
import { Badge, Card, cx, Money, Progress, RelativeTime, Spinner, type Tone } from '../../components/index.ts';
import type { StoryCard, TaskSummary } from '../../wire/index.ts';
import { progressTone } from '../kit/index.ts';
import { KeyArt } from './KeyArt.tsx';

/** One story in the list. All of it is a link. */
export function StoryCardView({ card, task }: { card: StoryCard; task: TaskSummary | undefined }) {
  const isGoing = task?.operation === 'DELETE_STORY';
  return (
    <Card
      className={cx(
        'group relative flex h-full flex-col overflow-hidden transition-[box-shadow,translate] duration-200 focus-within:shadow-lift hover:-translate-y-0.5 hover:shadow-lift',
        isGoing && 'opacity-60',
      )}
    >
      <div className="aspect-video overflow-hidden border-line border-b">
        <KeyArt storyId={card.id} address={card.keyArt} />
      </div>
      <div className="flex flex-1 flex-col gap-3 p-5">
        <div>
          <h2 className="text-lg leading-snug" dir="auto">
            <Link
              href={`/story/${card.id}`}
              className="after:absolute after:inset-0 after:rounded-card focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:outline-offset-2"
            >
              <span className="line-clamp-2">{card.displayName}</span>
            </Link>
          </h2>
          <p className="mt-1 line-clamp-2 text-ink-soft text-sm" dir="auto">
            {card.initialPrompt}
          </p>
        </div>
        <div className="mt-auto">{task ? <TaskLine task={task} /> : <StateLine card={card} />}</div>
        <p className="flex flex-wrap items-center gap-x-2 border-line border-t pt-3 text-ink-faint text-xs">
          <RelativeTime at={card.createdAt} />
          <span aria-hidden="true">·</span>
          {card.mode === 'stub' ? <span>Demo, no cost</span> : <Money usd={card.costUsd} />}
        </p>
      </div>
    </Card>
  );
}

function StateLine({ card }: { card: StoryCard }) {
  const { tone, word, line } = storyProgress(card);
  return (
    <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-ink-soft text-xs">
      <Badge tone={tone} {...(tone === 'good' ? { icon: CircleCheck } : {})}>
        {word}
      </Badge>
      {line}
    </p>
  );
}

function TaskLine({ task }: { task: TaskSummary }) {
  const isWaiting = task.status === 'queued';
  const isStopping = task.cancelRequestedAt !== null;
  return (
    <div className="space-y-2">
      <p className="flex items-center gap-2 text-busy text-xs">
        {isWaiting ? <Clock size={13} className="shrink-0" /> : <Spinner size={13} />}
        <span className="min-w-0 flex-1 truncate font-medium">{task.displayFields.title}</span>
        <span className="tabular-nums">{isWaiting ? 'Waiting' : isStopping ? 'Stopping' : `${task.progress} %`}</span>
      </p>
      <Progress
        hideLabel
        label={`${task.displayFields.title}: progress`}
        value={task.progress}
        tone={progressTone(task)}
      />
    </div>
  );
}

/** The progress of a story, in a word and in a line. */
interface StoryProgress {
  tone: Tone;
  word: string;
  line: string;
}

function storyProgress(card: StoryCard): StoryProgress {
  const { scenelets, endings, shots, keyFrames, spokenShots, playable } = card;
  const size = `${count(scenelets, 'scenelet')}, ${count(endings, 'ending')}`;
  if (playable) return { tone: 'good', word: 'Ready to play', line: size };
  if (shots > 0) {
    const media = `${keyFrames} of ${count(shots, 'picture')}, ${count(spokenShots, 'voiced shot')}`;
    return { tone: 'accent', word: 'In production', line: media };
  }
  if (scenelets > 0) return { tone: 'accent', word: 'Script', line: size };
  return { tone: 'neutral', word: 'Idea', line: 'Nothing written yet' };
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
