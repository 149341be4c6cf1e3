import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** The page that plays a story, and the policy under which a browser takes its own script and styles and no others. */
export interface PlayerPage {
  html: string;
  policy: string;
}

export async function loadPlayerPage(templatePath: string): Promise<PlayerPage> {
  const html = await readFile(templatePath, 'utf8');
  const scripts = hashesOf(html, /<script>([\s\S]*?)<\/script>/g);
  const styles = hashesOf(html, /<style>([\s\S]*?)<\/style>/g);
  const styleAttributes = hashesOf(html, / style="([^"]*)"/g);
  return {
    html,
    policy: [
      "default-src 'none'",
      ['script-src', ...scripts].join(' '),
      ['style-src', ...styles, "'unsafe-hashes'", ...styleAttributes].join(' '),
      "img-src 'self' data:",
      "media-src 'self' blob:",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'self'",
    ].join('; '),
  };
}

/** The address of a story's player: its data is named in the fragment, which the server never sees. */
export function playerAddress(storyId: string, scenelet: string | null): string {
  const fragment = new URLSearchParams({ bundle: `/api/stories/${storyId}/bundle` });
  if (scenelet !== null) fragment.set('start', scenelet);
  return `/api/stories/${encodeURIComponent(storyId)}/player.html?embedded#${fragment}`;
}

/** What the first group of a pattern finds, as a policy names it. */
function hashesOf(html: string, pattern: RegExp): string[] {
  return [...html.matchAll(pattern)].map(([, text = '']) => `'sha256-${hash(text)}'`);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
