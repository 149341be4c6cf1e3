'use client';

import Search from 'lucide-react/icons/search';
import X from 'lucide-react/icons/x';
import { useRef } from 'react';
import { Field, IconButton, Input, Kbd, Select, useShortcut } from '../../components/index.ts';
import { type ListView, SORTS, type Sort } from './listView.ts';

/** Search and order of the list. */
export function StoryToolbar({ view, onChange }: { view: ListView; onChange(view: ListView): void }) {
  const input = useRef<HTMLInputElement>(null);
  useShortcut('/', () => input.current?.focus());

  function clear(): void {
    onChange({ ...view, search: '' });
    input.current?.focus();
  }

  return (
    <search className="flex flex-col gap-3 sm:flex-row">
      <div className="relative min-w-0 flex-1 sm:max-w-md">
        <Search size={16} className="pointer-events-none absolute start-3 top-3 z-10 text-ink-faint" />
        <Field label="Search stories" hideLabel>
          <Input
            ref={input}
            type="search"
            value={view.search}
            onChange={(event) => onChange({ ...view, search: event.target.value })}
            onKeyDown={(event) => event.key === 'Escape' && view.search && clear()}
            placeholder="Search by name or prompt"
            autoComplete="off"
            className="ps-9 pe-10 [&::-webkit-search-cancel-button]:hidden"
          />
        </Field>
        <span className="absolute end-1 top-1 flex size-8 items-center justify-center">
          {view.search ? (
            <IconButton label="Clear the search" icon={X} size="small" onClick={clear} />
          ) : (
            <span className="hidden sm:block" aria-hidden="true">
              <Kbd>/</Kbd>
            </span>
          )}
        </span>
      </div>
      <div className="sm:w-52">
        <Field label="Order" hideLabel>
          <Select value={view.sort} onChange={(event) => onChange({ ...view, sort: event.target.value as Sort })}>
            {Object.entries(SORTS).map(([sort, label]) => (
              <option key={sort} value={sort}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
      </div>
    </search>
  );
}
