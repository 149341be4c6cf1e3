'use client';

import Check from 'lucide-react/icons/check';
import Copy from 'lucide-react/icons/copy';
import { useEffect, useState } from 'react';
import { Button } from './Button.tsx';
import { IconButton } from './IconButton.tsx';
import { toast } from './toast.ts';

const THANKS_MS = 1_600;

/** Copies a text to the clipboard and says so. `label` names it, as in "Copy id"; with `iconOnly` it is the tooltip. */
export function CopyButton({
  text,
  label = 'Copy',
  iconOnly = false,
}: {
  text: string | (() => string);
  label?: string;
  iconOnly?: boolean;
}) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), THANKS_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : text());
      setCopied(true);
    } catch {
      toast.error('The browser did not allow copying. Select the text and copy it by hand.');
    }
  }

  const icon = isCopied ? Check : Copy;
  if (iconOnly) return <IconButton label={isCopied ? 'Copied' : label} icon={icon} size="small" onClick={copy} />;
  return (
    <Button size="small" icon={icon} onClick={copy}>
      {isCopied ? 'Copied' : label}
    </Button>
  );
}
