import { findProgram } from '../../../launcher/environment.mjs';
import { CHROMIUM } from '../../../launcher/programs.mjs';
import { ownEnvironment } from '../programs/processEnvironment.ts';

/** What somebody without a browser is told. */
export const NO_CHROMIUM = `There is no browser on PATH: install one of ${CHROMIUM.commands.join(', ')}.`;

/** The path of the system's browser, or null when there is none on PATH. */
export function chromiumPath(): string | null {
  return findProgram(ownEnvironment(), CHROMIUM.commands) ?? null;
}
