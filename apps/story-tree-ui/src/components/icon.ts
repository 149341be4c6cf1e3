import type { ComponentType } from 'react';

/** An icon of lucide-react, imported from `lucide-react/icons/<name>` so that only that one is loaded. */
export type Icon = ComponentType<{ size?: number | string; className?: string; strokeWidth?: number | string }>;
