'use client';

import Eye from 'lucide-react/icons/eye';
import { DismissibleBanner } from './DismissibleBanner.tsx';
import { VIEWER_BANNER_COOKIE } from './preferences.ts';

/** Says to somebody who may only look why there is nothing to change stories with, and whom to ask. */
export function ViewerBanner({ id }: { id: string }) {
  return (
    <DismissibleBanner label="You may look" icon={Eye} cookie={VIEWER_BANNER_COOKIE}>
      <strong className="font-semibold">You may look and play, but not change anything.</strong> Ask whoever runs this
      Story Tree to make you an operator: they need your id,{' '}
      <code className="font-mono text-[0.92em] [overflow-wrap:anywhere]">{id}</code>.
    </DismissibleBanner>
  );
}
