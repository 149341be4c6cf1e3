'use client';

import LoaderCircle from 'lucide-react/icons/loader-circle';
import WifiOff from 'lucide-react/icons/wifi-off';
import { useAllTasks, useLiveStatus } from '../live/index.ts';

/** How much goes on; or that this may be out of date, while nothing arrives from the server. */
export function LiveState() {
  const status = useLiveStatus();
  const { active } = useAllTasks();
  if (status === 'offline') {
    return (
      <span className="flex items-center gap-1.5 text-warn">
        <WifiOff size={14} className="shrink-0" />
        Not connected: this may be out of date. It catches up by itself.
      </span>
    );
  }
  if (status === 'connecting') {
    return (
      <span className="flex items-center gap-1.5">
        <LoaderCircle size={14} className="shrink-0 animate-spin" />
        Connecting…
      </span>
    );
  }
  const running = active.filter((task) => task.status === 'running').length;
  const waiting = active.length - running;
  if (active.length === 0) return 'Nothing at work';
  return [...(running > 0 ? [`${running} at work`] : []), ...(waiting > 0 ? [`${waiting} waiting`] : [])].join(', ');
}
