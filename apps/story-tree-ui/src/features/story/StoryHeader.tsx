'use client';

import Download from 'lucide-react/icons/download';
import { Badge, buttonClass, Money, RelativeTime } from '../../components/index.ts';
import {
  counted,
  ForOperators,
  isAllThere,
  ReasonedButton,
  useStoryAction,
  useStoryPage,
  useStoryWork,
  workflowActions,
} from '../kit/index.ts';
import { MoreMenu } from './MoreMenu.tsx';
import { RunTaskMenu } from './RunTaskMenu.tsx';
import { StoryTitle } from './StoryTitle.tsx';
import { WorkStrip } from './WorkStrip.tsx';

/** The story's name, its progress, and what can be done with it. */
export function StoryHeader({ isBeingDeleted }: { isBeingDeleted: boolean }) {
  return (
    <header className="space-y-4">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="min-w-0 flex-1 basis-80 space-y-2">
          <StoryTitle canRename={!isBeingDeleted} />
          <StoryFacts />
          <OutdatedNote />
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <ForOperators>
            <RunTaskMenu />
          </ForOperators>
          <DownloadButton />
          <MoreMenu />
        </div>
      </div>
      <WorkStrip />
    </header>
  );
}

function StoryFacts() {
  const { detail } = useStoryPage();
  const { story, scenelets, shots, costUsd } = detail;
  const endings = scenelets.filter(({ isTerminalNode }) => isTerminalNode).length;
  const facts = [
    ...(scenelets.length > 0 ? [counted(scenelets.length, 'scenelet')] : []),
    ...(endings > 0 ? [counted(endings, 'ending')] : []),
    ...(shots.length > 0 ? [counted(shots.length, 'shot')] : []),
  ];
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-ink-soft text-sm">
      <StateBadge />
      {story.mode === 'stub' && <Badge>Demo</Badge>}
      {facts.map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
      <span>
        <span className="sr-only">Cost so far: </span>
        <Money usd={costUsd} />
      </span>
      <span>
        made <RelativeTime at={story.createdAt} />
      </span>
    </div>
  );
}

function StateBadge() {
  const { detail } = useStoryPage();
  if (isAllThere(detail)) return <Badge tone="good">Complete</Badge>;
  const done = detail.workflow.filter(({ status }) => status === 'done').length;
  const tasks = `${done} of ${detail.workflow.length} tasks done`;
  if (detail.playable) {
    return (
      <>
        <Badge tone="accent">Playable</Badge>
        <span>{tasks}</span>
      </>
    );
  }
  return <Badge>{done === 0 ? 'New' : tasks}</Badge>;
}

/** What is out of date, with a button to make it again. Nothing while a task is at work. */
function OutdatedNote() {
  const { detail } = useStoryPage();
  const { task, lock } = useStoryWork();
  const { submit, isPending } = useStoryAction();
  const outdated = detail.workflow.find(({ status }) => status === 'outdated');
  const [action] = outdated ? workflowActions(outdated, detail) : [];
  if (!outdated || !action || task !== null) return null;
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-ink-soft text-sm">
      The {outdated.title.toLowerCase()} is out of date: the story or the player has changed since.
      <ReasonedButton size="small" reason={lock} loading={isPending} onClick={() => submit(action.request)}>
        {action.label}
      </ReasonedButton>
    </p>
  );
}

/** The whole bundle as one file to keep or share. */
function DownloadButton() {
  const { storyId, detail } = useStoryPage();
  if (!detail.playable) {
    return (
      <ReasonedButton icon={Download} reason="There is nothing to download until a path of the story can be played.">
        Download
      </ReasonedButton>
    );
  }
  return (
    <a href={`/api/stories/${encodeURIComponent(storyId)}/bundle.zip`} download className={buttonClass()}>
      <Download size={16} />
      Download
    </a>
  );
}
