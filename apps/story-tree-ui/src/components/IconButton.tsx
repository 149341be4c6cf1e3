'use client';

import type { ComponentProps } from 'react';
import { type ButtonVariant, buttonClass } from './Button.tsx';
import { cx } from './cx.ts';
import type { Icon } from './icon.ts';
import { Spinner } from './Progress.tsx';
import { Tooltip } from './Tooltip.tsx';

/** A button that shows an icon alone; its label is its name and its tooltip. */
export function IconButton({
  label,
  icon: ButtonIcon,
  variant = 'ghost',
  size = 'medium',
  loading = false,
  tooltip = label,
  side = 'top',
  className,
  onClick,
  ...rest
}: Omit<ComponentProps<'button'>, 'children'> & {
  label: string;
  icon: Icon;
  variant?: ButtonVariant;
  size?: 'small' | 'medium';
  loading?: boolean;
  /** When there is more to say than the label says. */
  tooltip?: string;
  side?: 'top' | 'bottom' | 'left' | 'right';
}) {
  return (
    <Tooltip text={tooltip} side={side}>
      <button
        type="button"
        aria-label={label}
        {...(tooltip === label ? {} : { 'aria-description': tooltip })}
        {...rest}
        {...(loading ? { 'aria-disabled': true, 'aria-busy': true } : {})}
        onClick={loading ? undefined : onClick}
        className={cx(buttonClass(variant, size === 'small' ? 'small-square' : 'square'), className)}
      >
        {loading ? <Spinner /> : <ButtonIcon size={size === 'small' ? 16 : 18} />}
      </button>
    </Tooltip>
  );
}
