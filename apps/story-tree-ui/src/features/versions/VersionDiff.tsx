'use client';

import RotateCcw from 'lucide-react/icons/rotate-ccw';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { AlertDialog, Button, Card, RelativeTime, SkeletonText, toast } from '../../components/index.ts';
import type { ConstitutionVersionOnWire } from '../../wire/index.ts';
import { ForOperators, ReasonedButton, useStoryAction, useStoryWork } from '../kit/index.ts';

const DiffView = dynamic(() => import('./DiffView.tsx'), { loading: () => <SkeletonText lines={6} /> });

/** An older version against the current one, with the way back to it. */
export function VersionDiff({
  older,
  current,
  onClose,
}: {
  older: ConstitutionVersionOnWire;
  current: ConstitutionVersionOnWire;
  onClose(): void;
}) {
  return (
    <Card className="overflow-hidden">
      <header className="flex flex-wrap items-center justify-between gap-3 border-line border-b bg-raised px-5 py-4">
        <div>
          <h2 className="text-lg">
            From version {older.version} to version {current.version}
          </h2>
          <p className="text-ink-soft text-sm">
            Version {older.version} is from <RelativeTime at={older.createdAt} />. <Legend />
          </p>
        </div>
        <div className="flex gap-2">
          <Button size="small" onClick={onClose}>
            Close comparison
          </Button>
          <ForOperators>
            <RestoreButton version={older.version} onRestored={onClose} />
          </ForOperators>
        </div>
      </header>
      <div className="px-5 py-5 sm:px-8">
        <DiffView before={older.markdown} after={current.markdown} />
      </div>
    </Card>
  );
}

function Legend() {
  return (
    <>
      Since then: <del className="rounded-sm bg-bad-wash px-1 text-bad">removed</del>,{' '}
      <ins className="rounded-sm bg-good-wash px-1 text-good">added</ins>
    </>
  );
}

function RestoreButton({ version, onRestored }: { version: number; onRestored(): void }) {
  const { lock } = useStoryWork();
  const [isAsking, setAsking] = useState(false);
  const { submit, isPending } = useStoryAction(() => {
    setAsking(false);
    onRestored();
    toast.success(`Version ${version} is the constitution again`);
  });
  return (
    <>
      <ReasonedButton size="small" variant="primary" icon={RotateCcw} reason={lock} onClick={() => setAsking(true)}>
        Restore version {version}
      </ReasonedButton>
      <AlertDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={`Restore version ${version}?`}
        confirmLabel={`Restore version ${version}`}
        danger={false}
        busy={isPending}
        onConfirm={() => submit({ operation: 'RESTORE_CONSTITUTION', payload: { version } })}
      >
        <p>Its text becomes the newest version. Those in between stay in the history.</p>
        <p>Script, designs and pictures stay as they are until you regenerate them.</p>
      </AlertDialog>
    </>
  );
}
