/**
 * Where a menu is mounted: in the page's main part, like its button. A list at the end of the document would belong to
 * no landmark, and people who navigate by landmarks would never find it.
 */
export function menuPlace(): HTMLElement | undefined {
  return typeof document === 'undefined' ? undefined : (document.querySelector('main') ?? undefined);
}

/** The layer between the page and a window over it. */
export const BACKDROP =
  'fixed inset-0 z-30 min-h-dvh bg-veil transition-opacity duration-200 data-ending-style:opacity-0 data-starting-style:opacity-0 supports-[-webkit-touch-callout:none]:absolute';
