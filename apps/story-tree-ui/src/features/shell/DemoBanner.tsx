'use client';

import FlaskConical from 'lucide-react/icons/flask-conical';
import X from 'lucide-react/icons/x';
import { useState } from 'react';
import { IconButton } from '../../components/index.ts';
import { useHealth } from '../client/index.ts';
import { dismissDemoBanner } from './preferences.ts';

/**
 * Says that stories are made from built-in material, and how to use real models. Until dismissed, for this session: a
 * cookie tells the server, so that nothing on the page moves.
 */
export function DemoBanner({ wasDismissed }: { wasDismissed: boolean }) {
  const { data: health } = useHealth();
  const [isDismissed, setDismissed] = useState(wasDismissed);
  if (health?.mode !== 'stub' || isDismissed) return null;
  return (
    <aside aria-label="Demo mode" className="border-line border-b bg-warn-wash text-ink">
      <div className="mx-auto flex max-w-6xl items-start gap-3 px-4 py-2 text-sm sm:items-center sm:px-6">
        <FlaskConical size={16} className="mt-0.5 shrink-0 text-warn sm:mt-0" />
        <p className="min-w-0 flex-1">
          <strong className="font-semibold">Demo mode.</strong> Stories are assembled from sample material and cost
          nothing. For stories of your own, set <code className="font-mono text-[0.92em]">GEMINI_API_KEY</code> in the
          server’s environment or its <code className="font-mono text-[0.92em]">.env</code> file and restart it.
        </p>
        <IconButton
          label="Dismiss"
          icon={X}
          size="small"
          side="left"
          onClick={() => {
            dismissDemoBanner();
            setDismissed(true);
          }}
        />
      </div>
    </aside>
  );
}
