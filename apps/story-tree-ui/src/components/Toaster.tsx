'use client';

import dynamic from 'next/dynamic';
import { useSyncExternalStore } from 'react';
import { areToastsWanted, onToastsWanted } from './toast.ts';

const Toasts = dynamic(() => import('./Toasts.tsx'), { ssr: false });

/** Where toasts appear. Once per page, in the root layout. */
export function Toaster() {
  const areWanted = useSyncExternalStore(onToastsWanted, areToastsWanted, () => false);
  return areWanted && <Toasts />;
}
