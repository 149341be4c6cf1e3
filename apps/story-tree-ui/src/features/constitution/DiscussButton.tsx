'use client';

import MessagesSquare from 'lucide-react/icons/messages-square';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button, useShortcut } from '../../components/index.ts';
import { useAddressParam } from '../kit/index.ts';

const ConstitutionChat = dynamic(() => import('../chat/ConstitutionChat.tsx'), { ssr: false });

/** Opens the chat about the constitution; the address says that it is open. */
export function DiscussButton() {
  const [chat, setChat] = useAddressParam('chat');
  const isOpen = chat !== null;
  // Once opened it stays, and with it what was written and not sent.
  const [wasOpen, setWasOpen] = useState(isOpen);
  if (isOpen && !wasOpen) setWasOpen(true);
  const open = () => setChat('open');
  useShortcut('c', open);
  return (
    <>
      <Button
        size="small"
        variant="primary"
        icon={MessagesSquare}
        aria-expanded={isOpen}
        aria-keyshortcuts="c"
        onClick={open}
      >
        Discuss
      </Button>
      {wasOpen && <ConstitutionChat open={isOpen} onClose={() => setChat(null)} />}
    </>
  );
}
