import { writeCookie } from './browserCookie.ts';
import { THEME_COOKIE } from './cookieNames.ts';

export const THEMES = ['system', 'light', 'dark'] as const;

/** What a person chose to see; `system` follows the device. */
export type Theme = (typeof THEMES)[number];

const YEAR_SECONDS = 31_536_000;

export function readTheme(cookie: string | undefined): Theme {
  return THEMES.find((theme) => theme === cookie) ?? 'system';
}

/**
 * Shows a theme now, and on every page from now on: the server writes it into the first bytes of a page, so that none
 * appears in the wrong colours.
 */
export function chooseTheme(theme: Theme): void {
  writeCookie(THEME_COOKIE, theme, YEAR_SECONDS);
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
