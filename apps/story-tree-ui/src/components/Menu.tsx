'use client';

import { Menu as Base } from '@base-ui/react/menu';
import type { ReactElement, ReactNode } from 'react';
import { cx } from './cx.ts';
import type { Icon } from './icon.ts';
import { menuPlace } from './overlay.ts';

const ITEM =
  'flex w-full cursor-default select-none items-start gap-2.5 rounded-control px-3 py-2 text-start text-sm outline-none data-disabled:text-ink-faint data-highlighted:bg-sunken';

/** A list of actions behind a button. */
export function Menu({
  trigger,
  align = 'end',
  children,
}: {
  trigger: ReactElement<Record<string, unknown>>;
  align?: 'start' | 'center' | 'end';
  children: ReactNode;
}) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal container={menuPlace()}>
        <Base.Positioner align={align} sideOffset={6} collisionPadding={12} className="z-50 outline-none">
          <Base.Popup className="max-h-(--available-height) min-w-48 max-w-88 overflow-y-auto rounded-card border border-line bg-raised p-1.5 text-ink shadow-float outline-none transition-[opacity,scale] duration-120 ease-out data-ending-style:opacity-0 data-starting-style:scale-[0.98] data-starting-style:opacity-0">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

interface ItemContent {
  icon?: Icon;
  /** A second, quieter line. */
  detail?: ReactNode;
  /** At the end of the line, such as a state or a key. */
  aside?: ReactNode;
  danger?: boolean;
  children: ReactNode;
}

/** One action. While disabled it can still be reached, so that `detail` can say why. */
export function MenuItem({
  onSelect,
  disabled = false,
  closeOnClick = true,
  ...content
}: ItemContent & { onSelect(): void; disabled?: boolean; closeOnClick?: boolean }) {
  return (
    <Base.Item
      disabled={disabled}
      closeOnClick={closeOnClick}
      onClick={onSelect}
      className={cx(ITEM, content.danger && 'text-bad')}
    >
      <ItemBody {...content} />
    </Base.Item>
  );
}

/** Actions that belong together, under a heading. */
export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Base.Group>
      <Base.GroupLabel className={GROUP_LABEL}>{label}</Base.GroupLabel>
      {children}
    </Base.Group>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="mx-2 my-1.5 h-px bg-line" />;
}

const GROUP_LABEL = 'px-3 pt-2 pb-1 font-medium text-ink-faint text-xs';

function ItemBody({ icon: ItemIcon, detail, aside, children }: ItemContent) {
  return (
    <>
      {ItemIcon && <ItemIcon size={16} className="mt-0.5 shrink-0 opacity-80" />}
      <span className="min-w-0 flex-1">
        <span className="block">{children}</span>
        {detail && <span className="block text-ink-faint text-xs leading-snug">{detail}</span>}
      </span>
      {aside}
    </>
  );
}
