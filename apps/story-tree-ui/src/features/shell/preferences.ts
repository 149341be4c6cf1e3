import { stringifySetCookie } from 'cookie';

/** Cookies that pages write and the server reads when it renders the next one. */
export const THEME_COOKIE = 'theme';
export const DEMO_BANNER_COOKIE = 'demo-banner';
export const VIEWER_BANNER_COOKIE = 'viewer-banner';

export const THEMES = ['system', 'light', 'dark'] as const;

/** The colours that a person has chosen; `system` follows the device. */
export type Theme = (typeof THEMES)[number];

const YEAR_SECONDS = 31_536_000;

export function readTheme(cookie: string | undefined): Theme {
  return THEMES.find((theme) => theme === cookie) ?? 'system';
}

/**
 * Shows a theme now, and on every page from now on: the server writes it into the first bytes of a page, so that no page
 * appears in the wrong colours.
 */
export function chooseTheme(theme: Theme): void {
  writeCookie(THEME_COOKIE, theme, YEAR_SECONDS);
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Hides a banner until the browser is closed. */
export function dismissBanner(cookie: string): void {
  writeCookie(cookie, 'dismissed');
}

/** Writes a cookie that the server reads when it renders a page. `maxAge` is in seconds; without it, the cookie lasts as long as the session. */
function writeCookie(name: string, value: string, maxAge?: number): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
  document.cookie = stringifySetCookie({
    name,
    value,
    path: '/',
    sameSite: 'lax',
    ...(maxAge === undefined ? {} : { maxAge }),
  });
}
