'use client';

import LogOut from 'lucide-react/icons/log-out';
import { useState } from 'react';
import { IconButton } from '../../components/index.ts';
import type { SupabaseSettings } from '../client/index.ts';
import { endSession } from './session.ts';

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
        void endSession(settings);
      }}
    />
  );
}
