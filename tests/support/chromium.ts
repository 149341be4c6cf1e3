import { findProgram } from '../../launcher/environment.mjs';
import { ownEnvironment } from './processEnvironment.ts';

/** What the system's browser may be called, the likeliest first. */
export const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome'];

/** The path of the system's browser, or null when there is none on PATH. */
export function chromiumPath(): string | null {
  return findProgram(ownEnvironment(), CHROMIUM) ?? null;
}
