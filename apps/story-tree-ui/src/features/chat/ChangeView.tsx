'use client';

import ChevronRight from 'lucide-react/icons/chevron-right';
import Undo2 from 'lucide-react/icons/undo-2';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { AlertDialog, cx, SkeletonText, toast } from '../../components/index.ts';
import type { ConstitutionVersionOnWire } from '../../wire/index.ts';
import { ReasonedButton, Scrollable, useIsOperator, useStoryAction, useStoryWork } from '../kit/index.ts';
import type { ConstitutionChange } from './exchanges.ts';

const DiffView = dynamic(() => import('../versions/DiffView.tsx'), { loading: () => <SkeletonText lines={4} /> });

/** What an exchange has changed, word by word, with a way to undo it. */
export function ChangeView({
  change: { before, after },
  versions,
  opened,
}: {
  change: ConstitutionChange;
  versions: readonly ConstitutionVersionOnWire[];
  /** Whether it is expanded by default. */
  opened: boolean;
}) {
  const [chosen, setOpen] = useState<boolean | null>(null);
  const isOpen = chosen ?? opened;
  return (
    <section
      aria-label={`What changed in version ${after.version}`}
      className="overflow-hidden rounded-card border border-line bg-raised"
    >
      <header className="flex flex-wrap items-center justify-between gap-2 px-3.5 py-2.5">
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="flex items-center gap-2 rounded text-start text-sm"
        >
          <ChevronRight size={16} className={cx('text-ink-faint transition-transform', isOpen && 'rotate-90')} />
          <span className="font-medium">Version {after.version}</span>
          <span className="text-ink-soft">what changed</span>
        </button>
        <UndoButton before={before} after={after} versions={versions} />
      </header>
      {isOpen && (
        <Scrollable
          label={`Changes of version ${after.version}`}
          className="max-h-96 border-line border-t px-3.5 py-3 [&_div]:text-[0.9375rem]"
        >
          <DiffView before={before.markdown} after={after.markdown} />
        </Scrollable>
      )}
    </section>
  );
}

/** Undoes a change, as long as it is the latest; otherwise says what came after it. */
function UndoButton({
  before,
  after,
  versions,
}: ConstitutionChange & { versions: readonly ConstitutionVersionOnWire[] }) {
  const { lock } = useStoryWork();
  const isOperator = useIsOperator();
  const [isAsking, setAsking] = useState(false);
  const { submit, isPending } = useStoryAction(() => {
    setAsking(false);
    toast.success(`Version ${before.version} is the constitution again`);
  });
  const next = versions
    .filter(({ version }) => version > after.version)
    .sort((a, b) => a.version - b.version)
    .at(0);
  if (next) {
    const isTakenBack = next.origin === 'restored' && next.markdown === before.markdown;
    return (
      <span className="text-ink-soft text-xs">{isTakenBack ? 'Undone' : `Followed by version ${next.version}`}</span>
    );
  }
  if (!isOperator) return null;
  return (
    <>
      <ReasonedButton size="small" icon={Undo2} reason={lock} onClick={() => setAsking(true)}>
        Undo
      </ReasonedButton>
      <AlertDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={`Undo version ${after.version}?`}
        confirmLabel={`Restore version ${before.version}`}
        danger={false}
        busy={isPending}
        onConfirm={() => submit({ operation: 'RESTORE_CONSTITUTION', payload: { version: before.version } })}
      >
        <p>
          The text of version {before.version} becomes the constitution again, as a new version. Version {after.version}{' '}
          stays in the history, and so does this conversation.
        </p>
        <p>Script, designs and pictures stay as they are until you regenerate them.</p>
      </AlertDialog>
    </>
  );
}
