'use client';

import WifiOff from 'lucide-react/icons/wifi-off';
import { useEffect, useRef } from 'react';
import { announce } from '../kit/index.ts';
import { useLiveStatus } from '../live/index.ts';

/** Shown while nothing arrives from the server. Reconnecting needs no click: everything missed is fetched. */
export function OfflineNotice() {
  const status = useLiveStatus();
  const wasOffline = useRef(false);
  useEffect(() => {
    if (status === 'offline') wasOffline.current = true;
    if (status !== 'live' || !wasOffline.current) return;
    wasOffline.current = false;
    announce('Connected again. Everything is up to date.');
  }, [status]);
  return (
    <div role="status">
      {status === 'offline' && (
        <p className="flex items-center justify-center gap-2 bg-ink px-4 py-1.5 text-center text-paper text-sm">
          <WifiOff size={15} className="shrink-0" />
          Not connected to Story Tree. Work continues without you, and this page will catch up by itself.
        </p>
      )}
    </div>
  );
}
