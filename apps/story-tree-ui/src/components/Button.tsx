import Link from 'next/link';
import type { ComponentProps } from 'react';
import { type ButtonSize, type ButtonVariant, buttonClass } from './buttonClass.ts';
import { cx } from './cx.ts';
import type { Icon } from './icon.ts';
import { Spinner } from './Spinner.tsx';

interface Look {
  variant?: ButtonVariant;
  size?: Exclude<ButtonSize, `${string}square`>;
  icon?: Icon;
}

export interface ButtonProps extends ComponentProps<'button'>, Look {
  /** Shows that its work goes on and takes no second click; it keeps the focus. */
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
