import type { StoryTaskStatus } from '@story-tree/domain';
import Ban from 'lucide-react/icons/ban';
import CircleAlert from 'lucide-react/icons/circle-alert';
import CircleCheck from 'lucide-react/icons/circle-check';
import Clock from 'lucide-react/icons/clock';
import LoaderCircle from 'lucide-react/icons/loader-circle';
import Unplug from 'lucide-react/icons/unplug';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import type { Icon } from './icon.ts';

export type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad' | 'busy';

const TONES: Record<Tone, string> = {
  neutral: 'bg-sunken text-ink-soft',
  accent: 'bg-accent-wash text-accent',
  good: 'bg-good-wash text-good',
  warn: 'bg-warn-wash text-warn',
  bad: 'bg-bad-wash text-bad',
  busy: 'bg-busy-wash text-busy',
};

/** A word or two about something's state or kind. */
export function Badge({
  tone = 'neutral',
  icon: BadgeIcon,
  spin = false,
  className,
  children,
}: {
  tone?: Tone;
  icon?: Icon;
  spin?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <span
      className={cx(
        'inline-flex shrink-0 items-center gap-1.5 whitespace-nowrap rounded-full px-2.5 py-0.5 font-medium text-xs',
        TONES[tone],
        className,
      )}
    >
      {BadgeIcon && <BadgeIcon size={13} className={spin ? 'animate-spin' : ''} />}
      {children}
    </span>
  );
}

/** What people are shown of a task's status: one that is running is not while no worker is at it. */
export type ShownStatus = StoryTaskStatus | 'stalled';

export function shownStatus({ status, stalledAt }: { status: StoryTaskStatus; stalledAt: string | null }): ShownStatus {
  return status === 'running' && stalledAt !== null ? 'stalled' : status;
}

/** How a story task's status looks and reads. */
export const TASK_STATUS_LOOK: Record<ShownStatus, { tone: Tone; icon: Icon; text: string }> = {
  queued: { tone: 'neutral', icon: Clock, text: 'Waiting' },
  running: { tone: 'busy', icon: LoaderCircle, text: 'Running' },
  stalled: { tone: 'warn', icon: Unplug, text: 'Interrupted' },
  succeeded: { tone: 'good', icon: CircleCheck, text: 'Done' },
  failed: { tone: 'bad', icon: CircleAlert, text: 'Failed' },
  cancelled: { tone: 'warn', icon: Ban, text: 'Cancelled' },
};

/** A story task's status; `stopping` once somebody asked a running one to stop. */
export function StatusBadge({ status, stopping = false }: { status: ShownStatus; stopping?: boolean }) {
  const { tone, icon, text } = TASK_STATUS_LOOK[status];
  return (
    <Badge tone={tone} icon={icon} spin={status === 'running'}>
      {stopping && status === 'running' ? 'Stopping' : text}
    </Badge>
  );
}
