'use client';

import { Switch as Base } from '@base-ui/react/switch';
import { type ReactNode, useId } from 'react';

/** A setting that is on or off, with its meaning beside it. */
export function Switch({
  label,
  description,
  checked,
  onChange,
  disabled = false,
}: {
  label: ReactNode;
  description?: ReactNode;
  checked: boolean;
  onChange(checked: boolean): void;
  disabled?: boolean;
}) {
  const id = useId();
  return (
    <div className="flex items-start gap-3">
      <Base.Root
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
        aria-labelledby={`${id}-label`}
        {...(description ? { 'aria-describedby': `${id}-description` } : {})}
        className="mt-0.5 flex h-6 w-10.5 shrink-0 items-center rounded-full border border-line-strong bg-sunken p-0.5 transition-colors data-checked:border-accent-fill data-checked:bg-accent-fill data-disabled:opacity-55"
      >
        <Base.Thumb className="size-4.5 rounded-full bg-line-strong transition-[translate,background-color] duration-150 ease-out data-checked:translate-x-4.5 data-checked:bg-on-accent" />
      </Base.Root>
      <div className="min-w-0">
        {/* The switch is a button, which a <label> does not activate: the click is passed on explicitly. */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: the switch has the keys */}
        <span
          id={`${id}-label`}
          onClick={() => !disabled && onChange(!checked)}
          className="cursor-pointer font-medium text-sm"
        >
          {label}
        </span>
        {description && (
          <p id={`${id}-description`} className="text-ink-soft text-sm leading-snug">
            {description}
          </p>
        )}
      </div>
    </div>
  );
}
