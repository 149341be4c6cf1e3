const kept = new Set<Element>();

/**
 * The ref of a row of controls at the lower edge of a window: toasts rise above it, so that none ever covers what a person
 * is about to use.
 */
export function clearOfToasts(row: Element | null): (() => void) | undefined {
  if (row === null) return undefined;
  const observer = new ResizeObserver(liftToasts);
  kept.add(row);
  observer.observe(row);
  addEventListener('resize', liftToasts);
  return () => {
    kept.delete(row);
    observer.disconnect();
    removeEventListener('resize', liftToasts);
    liftToasts();
  };
}

function liftToasts(): void {
  const heights = [...kept].map((row) => innerHeight - row.getBoundingClientRect().top);
  document.documentElement.style.setProperty('--toast-lift', `${Math.max(0, ...heights)}px`);
}
