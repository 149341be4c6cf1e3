'use client';

import X from 'lucide-react/icons/x';
import { type ReactNode, useState } from 'react';
import { type Icon, IconButton } from '../../components/index.ts';
import { dismissBanner } from './preferences.ts';

/**
 * Says something above every page, until it is dismissed for this session: a cookie tells the server, so that nothing on
 * the page moves.
 */
export function DismissibleBanner({
  label,
  icon: BannerIcon,
  cookie,
  children,
}: {
  label: string;
  icon: Icon;
  /** The name of the cookie that remembers it. */
  cookie: string;
  children: ReactNode;
}) {
  const [isDismissed, setDismissed] = useState(false);
  if (isDismissed) return null;
  return (
    <aside aria-label={label} className="border-line border-b bg-warn-wash text-ink">
      <div className="mx-auto flex max-w-6xl items-start gap-3 px-4 py-2 text-sm sm:items-center sm:px-6">
        <BannerIcon size={16} className="mt-0.5 shrink-0 text-warn sm:mt-0" />
        <p className="min-w-0 flex-1">{children}</p>
        <IconButton
          label="Dismiss"
          icon={X}
          size="small"
          side="left"
          onClick={() => {
            dismissBanner(cookie);
            setDismissed(true);
          }}
        />
      </div>
    </aside>
  );
}
