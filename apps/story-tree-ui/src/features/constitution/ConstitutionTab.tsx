'use client';

import MessagesSquare from 'lucide-react/icons/messages-square';
import PenLine from 'lucide-react/icons/pen-line';
import ScrollText from 'lucide-react/icons/scroll-text';
import dynamic from 'next/dynamic';
import { useRef, useState } from 'react';
import { Button, Card, CopyButton, Markdown, PageBody, useShortcut } from '../../components/index.ts';
import {
  counted,
  ForOperators,
  MakingNote,
  ReasonedButton,
  TabEmpty,
  useAddressParam,
  useIsOperator,
  useStoryPage,
  useStoryWork,
} from '../kit/index.ts';
import { useConstitutionVersions } from '../versions/useConstitutionVersions.ts';
import { VersionDiff } from '../versions/VersionDiff.tsx';
import { VersionHistory } from '../versions/VersionHistory.tsx';
import { Outline, useHeadings } from './Outline.tsx';
import { RewriteDialog } from './RewriteDialog.tsx';

export default function ConstitutionTab() {
  const { detail } = useStoryPage();
  if (detail.story.storyConstitution !== null) return <Constitution markdown={detail.story.storyConstitution} />;
  return (
    <TabEmpty task="CREATE_CONSTITUTION" icon={ScrollText} title="Every story begins with its constitution">
      <p>
        It settles what the story is about, who is in it, how it is told and where it may end. Everything else follows
        from it.
      </p>
      <Prompt />
    </TabEmpty>
  );
}

function Prompt() {
  const { detail } = useStoryPage();
  return (
    <figure className="mt-5 rounded-card border border-line bg-sheet px-5 py-4 text-start">
      <figcaption className="mb-1 font-medium text-ink-faint text-xs">The prompt</figcaption>
      <blockquote dir="auto" className="line-clamp-6 whitespace-pre-wrap font-display text-base text-ink">
        {detail.story.initialPrompt}
      </blockquote>
    </figure>
  );
}

function Constitution({ markdown }: { markdown: string }) {
  const { storyId } = useStoryPage();
  const text = useRef<HTMLDivElement>(null);
  const headings = useHeadings(text);
  const versions = useConstitutionVersions(storyId);
  const [compared, setCompared] = useAddressParam('compare');
  const [current] = versions.data ?? [];
  const older = versions.data?.find(({ version }) => String(version) === compared);
  const compare = (version: number | null) => setCompared(version === null ? null : String(version));

  return (
    <PageBody className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_17rem]">
      <div className="min-w-0 space-y-4">
        <MakingNote tasks={['CREATE_CONSTITUTION']} />
        <ConstitutionToolbar markdown={markdown} />
        {older && current && older !== current && (
          <VersionDiff older={older} current={current} onClose={() => compare(null)} />
        )}
        <Card className="px-5 py-6 sm:px-10 sm:py-9">
          <div ref={text}>
            <Markdown text={markdown} />
          </div>
        </Card>
      </div>
      <aside
        aria-label="About the constitution"
        className="space-y-7 lg:sticky lg:top-[calc(var(--header-height)+1.5rem)] lg:max-h-[calc(100dvh-var(--header-height)-3rem)] lg:self-start lg:overflow-y-auto lg:pe-1"
      >
        <div className="max-lg:hidden">
          <Outline headings={headings} />
        </div>
        <VersionHistory versions={versions} compared={older?.version ?? null} onCompare={compare} />
      </aside>
    </PageBody>
  );
}

function ConstitutionToolbar({ markdown }: { markdown: string }) {
  const { detail } = useStoryPage();
  const { lock } = useStoryWork();
  const [isRewriting, setRewriting] = useState(false);
  const { constitutionVersion, story } = detail;
  const words = markdown.split(/\s+/).filter(Boolean).length;
  const facts = [
    ...(constitutionVersion === null ? [] : [`Version ${constitutionVersion}`]),
    counted(words, 'word'),
    ...(story.targetSceneletsPerPath === null
      ? []
      : [`${counted(story.targetSceneletsPerPath, 'scenelet')} from start to ending`]),
  ];
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <p className="text-ink-soft text-sm">{facts.join(' · ')}</p>
      <div className="flex flex-wrap gap-2">
        <DiscussButton />
        <ForOperators>
          <ReasonedButton size="small" icon={PenLine} reason={lock} onClick={() => setRewriting(true)}>
            Rewrite
          </ReasonedButton>
        </ForOperators>
        <CopyButton text={markdown} />
      </div>
      {isRewriting && <RewriteDialog onClose={() => setRewriting(false)} />}
    </div>
  );
}

const ConstitutionChat = dynamic(() => import('../chat/ConstitutionChat.tsx'), { ssr: false });

/** Opens the chat about the constitution; the address records that it is open. */
export function DiscussButton() {
  const [chat, setChat] = useAddressParam('chat');
  const isOpen = chat !== null;
  // Once opened it stays mounted, and with it an unsent message.
  const [wasOpen, setWasOpen] = useState(isOpen);
  if (isOpen && !wasOpen) setWasOpen(true);
  const open = () => setChat('open');
  useShortcut('c', open);
  return (
    <>
      <Button
        size="small"
        variant="primary"
        icon={MessagesSquare}
        aria-expanded={isOpen}
        aria-keyshortcuts="c"
        onClick={open}
      >
        {useIsOperator() ? 'Discuss' : 'Discussion'}
      </Button>
      {wasOpen && <ConstitutionChat open={isOpen} onClose={() => setChat(null)} />}
    </>
  );
}
