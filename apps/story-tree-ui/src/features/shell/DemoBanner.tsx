'use client';

import FlaskConical from 'lucide-react/icons/flask-conical';
import { useHealth } from '../client/index.ts';
import { DismissibleBanner } from './DismissibleBanner.tsx';
import { DEMO_BANNER_COOKIE } from './preferences.ts';

/** Says that stories are made from built-in material, and how to use real models. */
export function DemoBanner() {
  const { data: health } = useHealth();
  if (health?.mode !== 'stub') return null;
  return (
    <DismissibleBanner label="Demo mode" icon={FlaskConical} cookie={DEMO_BANNER_COOKIE}>
      <strong className="font-semibold">Demo mode.</strong> Stories are assembled from sample material and cost nothing.
      For stories of your own, set <code className="font-mono text-[0.92em]">GEMINI_API_KEY</code> in the server’s
      environment or its <code className="font-mono text-[0.92em]">.env</code> file and restart it.
    </DismissibleBanner>
  );
}
