import { execFileSync } from 'node:child_process';

/** The system's browser, or null when there is none on PATH. */
export function browserPath(): string | null {
  const search = 'command -v chromium || command -v chromium-browser || command -v google-chrome || true';
  return execFileSync('sh', ['-c', search], { encoding: 'utf8' }).trim() || null;
}
