'use client';

import { type RefObject, useEffect, useRef } from 'react';

/** @returns gives an element the focus: at once when it is there, or as soon as it shows */
export function useFocusOnceShown(element: RefObject<HTMLElement | null>, isShown: boolean): () => void {
  const isWanted = useRef(false);
  useEffect(() => {
    if (isShown && isWanted.current) element.current?.focus();
    isWanted.current = false;
  }, [element, isShown]);
  return () => {
    isWanted.current = element.current === null;
    element.current?.focus();
  };
}
