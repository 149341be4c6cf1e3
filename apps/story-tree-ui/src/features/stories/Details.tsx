import type { Issue } from '@story-tree/domain';
import { type ReactNode, useState } from 'react';
import { complaintAbout } from './newStory.ts';

const FIELDS = ['displayName', 'language', 'audience', 'targetScenelets', 'maxCost'];

/** What few people want to say. It opens by itself when something in it is wrong. */
export function Details({
  isWrong,
  issues,
  children,
}: {
  /** Something in it cannot be sent as it is. */
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
