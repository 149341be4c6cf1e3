'use client';

import LogOut from 'lucide-react/icons/log-out';
import { useState } from 'react';
import { IconButton, toast } from '../../components/index.ts';
import { endSession, type SupabaseSettings } from '../client/index.ts';

export function SignOut({ settings, email }: { settings: SupabaseSettings; email: string }) {
  const [isLeaving, setLeaving] = useState(false);
  return (
    <IconButton
      label="Sign out"
      tooltip={email ? `Sign out ${email}` : 'Sign out'}
      side="bottom"
      icon={LogOut}
      loading={isLeaving}
      onClick={() => {
        setLeaving(true);
        endSession(settings).catch(() => {
          setLeaving(false);
          toast.error('You are still signed in', {
            description: 'Story Tree is not responding. Check that you are connected, then try again.',
          });
        });
      }}
    />
  );
}
