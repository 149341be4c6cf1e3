import { cx } from './cx.ts';

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger';
export type ButtonSize = 'small' | 'medium' | 'large' | 'small-square' | 'square';

const VARIANTS: Record<ButtonVariant, string> = {
  primary: 'bg-accent-fill text-on-accent hover:bg-accent-fill-hover shadow-card',
  secondary: 'bg-raised text-ink border border-line-strong hover:bg-sunken',
  ghost: 'text-ink-soft hover:bg-sunken hover:text-ink data-popup-open:bg-sunken',
  danger: 'bg-bad-fill text-on-bad hover:bg-bad-fill-hover shadow-card',
};

const SIZES: Record<ButtonSize, string> = {
  small: 'h-8 px-3 text-sm gap-1.5',
  medium: 'h-10 px-4 text-sm gap-2',
  large: 'h-12 px-6 text-base gap-2.5',
  'small-square': 'size-8',
  square: 'size-10',
};

/** How a button looks, for links that stand in for one as well. */
export function buttonClass(variant: ButtonVariant = 'secondary', size: ButtonSize = 'medium'): string {
  return cx(
    'inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-control font-medium',
    'transition-colors duration-150 disabled:opacity-55 aria-disabled:opacity-55 aria-disabled:cursor-not-allowed',
    VARIANTS[variant],
    SIZES[size],
  );
}
