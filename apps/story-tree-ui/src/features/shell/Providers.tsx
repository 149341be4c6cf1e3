'use client';

import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { createQueryClient, queryKeys } from '../client/index.ts';
import { OperatorProvider, onAnnouncement, useNoteMadeFiles } from '../kit/index.ts';
import { createTransport, LiveProvider } from '../live/index.ts';
import type { PageSettings } from './pageSettings.ts';
import { keepSession } from './session.ts';

/** The context that every component relies on. A page for somebody who is not signed in asks the server for nothing. */
export function Providers({ settings, children }: { settings: PageSettings; children: ReactNode }) {
  const [queryClient] = useState(() => {
    const created = createQueryClient();
    if (settings.health) created.setQueryData(queryKeys.health, settings.health);
    return created;
  });
  const [transport] = useState(() => createTransport(settings.realtime));
  useEffect(() => {
    if (settings.supabase && !settings.isStranger) keepSession(settings.supabase);
  }, [settings]);
  return (
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queryClient}>
        <Tooltip.Provider delay={500}>
          {settings.isStranger ? (
            children
          ) : (
            <OperatorProvider isOperator={settings.viewerId === null}>
              <LiveProvider transport={transport} initial={settings.tasks}>
                {children}
                <MadeFiles />
              </LiveProvider>
            </OperatorProvider>
          )}
          <Announcer />
        </Tooltip.Provider>
      </QueryClientProvider>
    </CSPProvider>
  );
}

function MadeFiles() {
  useNoteMadeFiles();
  return null;
}

/** The live region that screen readers watch for {@link announce}. */
function Announcer() {
  const [said, setSaid] = useState({ text: '', turn: 0 });
  useEffect(() => onAnnouncement((text) => setSaid(({ turn }) => ({ text, turn: turn + 1 }))), []);
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {/* A new element each time, so that the same words are announced again. */}
      <span key={said.turn}>{said.text}</span>
    </div>
  );
}
