'use client';

import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { createQueryClient, queryKeys } from '../client/index.ts';
import { createTransport, LiveProvider } from '../live/index.ts';
import { Announcer } from './Announcer.tsx';
import type { PageSettings } from './pageSettings.ts';

/** What every component may count on. A stranger's page asks the server for nothing. */
export function Providers({ settings, children }: { settings: PageSettings; children: ReactNode }) {
  const [queryClient] = useState(() => {
    const created = createQueryClient();
    if (settings.health) created.setQueryData(queryKeys.health, settings.health);
    return created;
  });
  const [transport] = useState(() => createTransport(settings.supabase));
  return (
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queryClient}>
        <Tooltip.Provider delay={500}>
          {settings.isStranger ? (
            children
          ) : (
            <LiveProvider transport={transport} initial={settings.tasks}>
              {children}
            </LiveProvider>
          )}
          <Announcer />
        </Tooltip.Provider>
      </QueryClientProvider>
    </CSPProvider>
  );
}
