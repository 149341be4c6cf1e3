'use client';

import { cx, type Icon } from '../../components/index.ts';

/** A choice between a few views. */
export function Segments<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string; icon?: Icon }[];
  onChange(value: Value): void;
}) {
  return (
    <fieldset className="inline-flex rounded-control border border-line-strong bg-sunken p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map(({ value: option, label: name, icon: OptionIcon }) => (
        <button
          key={option}
          type="button"
          aria-pressed={option === value}
          onClick={() => onChange(option)}
          className={cx(
            'inline-flex h-8 items-center gap-1.5 rounded-[0.4rem] px-3 text-sm transition-colors',
            option === value ? 'bg-raised font-medium text-ink shadow-card' : 'text-ink-soft hover:text-ink',
          )}
        >
          {OptionIcon && <OptionIcon size={14} />}
          {name}
        </button>
      ))}
    </fieldset>
  );
}
