import Link from 'next/link';
import type { ComponentProps } from 'react';
import { cx } from './cx.ts';
import type { Icon } from './icon.ts';
import { Spinner } from './Progress.tsx';

interface Look {
  variant?: ButtonVariant;
  size?: Exclude<ButtonSize, `${string}square`>;
  icon?: Icon;
}

interface ButtonProps extends ComponentProps<'button'>, Look {
  /** Shows that its work is in progress and ignores further clicks; it keeps the focus. */
  loading?: boolean | undefined;
}

export function Button({
  variant = 'secondary',
  size = 'medium',
  icon: ButtonIcon,
  loading = false,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      {...(loading ? { 'aria-disabled': true, 'aria-busy': true } : {})}
      onClick={loading ? (event) => event.preventDefault() : onClick}
      className={cx(buttonClass(variant, size), className)}
    >
      {loading ? <Spinner /> : ButtonIcon && <ButtonIcon size={size === 'small' ? 14 : 16} />}
      {children}
    </button>
  );
}

/** A link that looks like a button. */
export function ButtonLink({
  variant = 'secondary',
  size = 'medium',
  icon: LinkIcon,
  className,
  children,
  ...rest
}: ComponentProps<typeof Link> & Look) {
  return (
    <Link {...rest} className={cx(buttonClass(variant, size), className)}>
      {LinkIcon && <LinkIcon size={size === 'small' ? 14 : 16} />}
      {children}
    </Link>
  );
}

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger';
type ButtonSize = 'small' | 'medium' | 'large' | 'small-square' | 'square';

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

/** The classes of a button, also for links that look like one. */
export function buttonClass(variant: ButtonVariant = 'secondary', size: ButtonSize = 'medium'): string {
  return cx(
    'inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-control font-medium',
    'transition-colors duration-150 disabled:opacity-55 aria-disabled:opacity-55 aria-disabled:cursor-not-allowed',
    VARIANTS[variant],
    SIZES[size],
  );
}
