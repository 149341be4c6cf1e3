'use client';

import SearchIcon from 'lucide-react/icons/search';
import X from 'lucide-react/icons/x';
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useMemo, useState } from 'react';
import { cx, IconButton, Input } from '../../../components/index.ts';
import { announce, counted } from '../../kit/index.ts';
import { KIND_LOOK } from '../canvas/KindBadge.tsx';
import { type SceneletCard, shortLabel } from '../model/card.ts';
import { search, searchIndex } from '../model/search.ts';
import { useScene } from '../storyboardContext.ts';

/** How many matches are highlighted on the canvas, and how many of them are listed. */
const LIT = 500;
const LISTED = 8;

interface SearchBoxProps {
  onFound(labels: ReadonlySet<string>): void;
  onJump(label: string): void;
  onClose(): void;
}

/** Finds scenelets by label or words; Enter jumps to the selected one. */
export function SearchBox({ onFound, onJump, onClose }: SearchBoxProps) {
  const { board } = useScene();
  const [query, setQuery] = useState('');
  const [marked, setMarked] = useState(0);
  const asked = useDeferredValue(query);
  const index = useMemo(() => searchIndex(board.cards.values()), [board]);
  const matches = useMemo(() => search(index, asked, LIT), [index, asked]);
  const listed = matches.slice(0, LISTED).flatMap(({ label }) => board.cards.get(label) ?? []);
  const id = useId();

  useEffect(() => {
    onFound(new Set(matches.map(({ label }) => label)));
    if (asked.trim() !== '')
      announce(matches.length === 0 ? 'Nothing found' : `${counted(matches.length, 'scenelet')} found`);
  }, [matches, asked, onFound]);
  useEffect(() => () => onFound(new Set()), [onFound]);

  function onKeyDown(event: KeyboardEvent): void {
    const last = listed.length - 1;
    if (event.key === 'ArrowDown') setMarked((at) => (at >= last ? 0 : at + 1));
    else if (event.key === 'ArrowUp') setMarked((at) => (at <= 0 ? Math.max(0, last) : at - 1));
    else if (event.key === 'Escape') onClose();
    else if (event.key === 'Enter') {
      // The list may lag behind the words; whoever types and presses Enter at once means all of them.
      const match = search(index, query, LISTED)[marked];
      if (match) onJump(match.label);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <search className="w-88 max-w-full rounded-card border border-line bg-raised p-2 shadow-float">
      <div className="relative flex items-center gap-1">
        <SearchIcon size={16} className="pointer-events-none absolute left-3 text-ink-faint" />
        <Input
          autoFocus
          role="combobox"
          aria-label="Find a scenelet"
          aria-expanded={listed.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={listed[marked] ? `${id}-${marked}` : undefined}
          placeholder="Label or words"
          autoComplete="off"
          spellCheck={false}
          className="ps-9"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setMarked(0);
          }}
          onKeyDown={onKeyDown}
        />
        <IconButton label="Close the search" icon={X} size="small" side="bottom" onClick={onClose} />
      </div>
      <div
        role="listbox"
        id={`${id}-list`}
        aria-label="Scenelets found"
        className={listed.length > 0 ? 'mt-2 max-h-80 overflow-y-auto' : ''}
      >
        {listed.map((card, at) => (
          <Found key={card.label} id={`${id}-${at}`} card={card} isMarked={at === marked} onJump={onJump} />
        ))}
      </div>
      <p className="px-2 pt-1.5 text-ink-faint text-xs">{hintWords(asked, matches.length)}</p>
    </search>
  );
}

function hintWords(query: string, count: number): string {
  if (query.trim() === '') return 'For example “3a”, “lighthouse” or “who dares”.';
  if (count === 0) return 'Nothing found. Fewer or other words may help.';
  return count > LISTED
    ? `The best ${LISTED} of ${count} highlighted scenelets.`
    : `${counted(count, 'scenelet')} highlighted.`;
}

interface FoundProps {
  id: string;
  card: SceneletCard;
  isMarked: boolean;
  onJump(label: string): void;
}

function Found({ id, card, isMarked, onJump }: FoundProps) {
  const { icon: KindIcon } = KIND_LOOK[card.kind];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the input takes the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus and names the marked one
    <div
      id={id}
      role="option"
      aria-selected={isMarked}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onJump(card.label)}
      className={cx(
        'flex cursor-pointer items-baseline gap-2 rounded-control px-2 py-1.5 text-sm',
        isMarked ? 'bg-accent-wash' : 'hover:bg-sunken',
      )}
    >
      <KindIcon size={13} className="shrink-0 translate-y-0.5 text-ink-faint" />
      <span className="w-14 shrink-0 truncate font-mono font-semibold text-xs">{shortLabel(card.label)}</span>
      <span dir="auto" className="line-clamp-2 min-w-0">
        {card.title}
      </span>
    </div>
  );
}
