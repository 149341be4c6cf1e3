import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** The page that plays a story, and the policy under which a browser runs its one script and nothing else. */
export interface PlayerPage {
  html: string;
  policy: string;
}

export async function loadPlayerPage(templatePath: string): Promise<PlayerPage> {
  const html = await readFile(templatePath, 'utf8');
  const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, script = '']) => `'sha256-${hash(script)}'`,
  );
  return {
    html,
    policy: [
      "default-src 'none'",
      ['script-src', ...scripts].join(' '),
      "style-src 'unsafe-inline'",
      "img-src 'self' data:",
      "media-src 'self' blob:",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'self'",
    ].join('; '),
  };
}

/** Where the player of a story begins: its data are named in the fragment, which the server never sees. */
export function playerAddress(storyId: string, scenelet: string | null): string {
  const fragment = new URLSearchParams({ bundle: `/api/stories/${storyId}/bundle` });
  if (scenelet !== null) fragment.set('start', scenelet);
  return `/api/stories/${encodeURIComponent(storyId)}/player.html?embedded#${fragment}`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
