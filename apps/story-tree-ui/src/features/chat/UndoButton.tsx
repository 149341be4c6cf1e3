'use client';

import Undo2 from 'lucide-react/icons/undo-2';
import { useState } from 'react';
import { AlertDialog, toast } from '../../components/index.ts';
import type { ConstitutionVersionOnWire } from '../../wire/index.ts';
import { ReasonedButton, useStoryAction, useStoryWork } from '../kit/index.ts';
import type { ConstitutionChange } from './exchanges.ts';

/** Takes a change back, as long as it is the latest; otherwise says what came after it. */
export function UndoButton({
  before,
  after,
  versions,
}: ConstitutionChange & { versions: readonly ConstitutionVersionOnWire[] }) {
  const { lock } = useStoryWork();
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
      <span className="text-ink-soft text-xs">{isTakenBack ? 'Taken back' : `Then came version ${next.version}`}</span>
    );
  }
  return (
    <>
      <ReasonedButton size="small" icon={Undo2} reason={lock} onClick={() => setAsking(true)}>
        Undo
      </ReasonedButton>
      <AlertDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={`Take back version ${after.version}?`}
        confirmLabel={`Restore version ${before.version}`}
        danger={false}
        busy={isPending}
        onConfirm={() => submit({ operation: 'RESTORE_CONSTITUTION', payload: { version: before.version } })}
      >
        <p>
          The text of version {before.version} becomes the constitution again, as a new version. Version {after.version}{' '}
          stays in the history, and so does this conversation.
        </p>
        <p>Script, designs and pictures stay as they are until you make them anew.</p>
      </AlertDialog>
    </>
  );
}
