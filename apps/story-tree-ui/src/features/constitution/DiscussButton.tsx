'use client';

import MessagesSquare from 'lucide-react/icons/messages-square';
import { Button } from '../../components/index.ts';
import { useAddressParam } from '../story/useAddressParam.ts';

/** Opens the chat about the constitution; the address says that it is open. */
export function DiscussButton() {
  const [chat, setChat] = useAddressParam('chat');
  return (
    <Button
      size="small"
      variant="primary"
      icon={MessagesSquare}
      aria-expanded={chat !== null}
      onClick={() => setChat('open')}
    >
      Discuss
    </Button>
  );
}
