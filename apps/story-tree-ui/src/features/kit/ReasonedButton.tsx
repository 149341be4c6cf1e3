'use client';

import { type ComponentProps, useId } from 'react';
import { Button, Tooltip } from '../../components/index.ts';

/**
 * A button that says why it cannot be pressed. It stays reachable by keyboard, so that everybody can learn the reason.
 */
export function ReasonedButton({
  reason,
  onClick,
  ...rest
}: ComponentProps<typeof Button> & { reason: string | null }) {
  const id = useId();
  if (reason === null) return <Button {...rest} onClick={onClick} />;
  return (
    <>
      <Tooltip text={reason}>
        <Button {...rest} aria-disabled aria-describedby={id} />
      </Tooltip>
      <span id={id} hidden>
        {reason}
      </span>
    </>
  );
}
