/** @throws Error for an element that the page does not have */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no element ${id}.`);
  return found;
}

export const player = byId('player');

interface Look {
  className?: string;
  content?: string;
  auto?: boolean;
}

/** An element whose text is never markup. Text from the story (`auto`) takes its direction from itself. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  { className = '', content = '', auto = false }: Look = {},
  ...children: Element[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = content;
  if (auto) made.dir = 'auto';
  made.append(...children);
  return made;
}

const shownBy = new WeakMap<Element, unknown>();

/** Fills an element again only when what it shows, its `key`, has changed. */
export function rebuild(target: Element, key: unknown, build: () => Element[]): void {
  if (shownBy.get(target) === key) return;
  shownBy.set(target, key);
  target.replaceChildren(...build());
}

/** Focus follows the story only while the viewer is in this page, never out of a page around it. */
export function moveFocus(target: HTMLElement): void {
  if (document.hasFocus()) target.focus({ preventScroll: true });
}

/** Milliseconds. */
const NOTICE = { least: 1600, perCharacter: 60 };

let noticeTimer = 0;

/** Shows a few words for as long as they take to read. */
export function showNotice(words: string): void {
  const notice = byId('notice');
  notice.textContent = words;
  notice.classList.add('shown');
  clearTimeout(noticeTimer);
  const time = Math.max(NOTICE.least, words.length * NOTICE.perCharacter);
  noticeTimer = setTimeout(() => notice.classList.remove('shown'), time);
}

export function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
