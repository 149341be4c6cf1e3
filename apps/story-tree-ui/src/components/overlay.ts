/** What lies between the page and a window over it. */
export const BACKDROP =
  'fixed inset-0 z-30 min-h-dvh bg-veil transition-opacity duration-200 data-ending-style:opacity-0 data-starting-style:opacity-0 supports-[-webkit-touch-callout:none]:absolute';
