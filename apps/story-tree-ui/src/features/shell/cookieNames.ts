/** Cookies that pages write and the server reads when it renders the next one. */
export const THEME_COOKIE = 'theme';
export const DEMO_BANNER_COOKIE = 'demo-banner';
