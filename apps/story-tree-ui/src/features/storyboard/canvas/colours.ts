'use client';

import { useSyncExternalStore } from 'react';

const NAMES = [
  '--paper',
  '--raised',
  '--line-strong',
  '--ink',
  '--accent',
  '--on-accent',
  '--accent-wash',
  '--busy',
  '--good',
  '--good-wash',
  '--warn',
  '--warn-wash',
] as const;

type ColourName = (typeof NAMES)[number];

/** The tokens' values in the theme of the moment, for what is drawn and not styled. */
export type Colours = Readonly<Record<ColourName, string>>;

/** Reads the tokens as the browser resolves them for the element. */
export function readColours(element: HTMLElement): Colours {
  const { color, transitionProperty } = element.style;
  // A colour that fades in would be read at the beginning of its way.
  element.style.transitionProperty = 'none';
  const pairs = NAMES.map((name) => {
    element.style.color = `var(${name})`;
    return [name, getComputedStyle(element).color];
  });
  Object.assign(element.style, { color, transitionProperty });
  return Object.fromEntries(pairs) as Colours;
}

/** Changes whenever the theme does. */
export function useTheme(): string {
  return useSyncExternalStore(
    watchTheme,
    () => `${document.documentElement.dataset.theme ?? 'system'}, ${darkQuery().matches}`,
    () => '',
  );
}

const darkQuery = () => window.matchMedia('(prefers-color-scheme: dark)');

function watchTheme(listener: () => void): () => void {
  const query = darkQuery();
  query.addEventListener('change', listener);
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => {
    query.removeEventListener('change', listener);
    observer.disconnect();
  };
}
