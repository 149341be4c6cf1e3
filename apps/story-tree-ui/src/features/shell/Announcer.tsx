'use client';

import { useEffect, useState } from 'react';
import { onAnnouncement } from '../kit/index.ts';

/** The place that screen readers watch for {@link announce}. */
export function Announcer() {
  const [said, setSaid] = useState({ text: '', turn: 0 });
  useEffect(() => onAnnouncement((text) => setSaid(({ turn }) => ({ text, turn: turn + 1 }))), []);
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {/* A new element each time, so that the same words are said again. */}
      <span key={said.turn}>{said.text}</span>
    </div>
  );
}
