import type { ProgressEvent } from '@story-tree/agent-backend';
import { coloured, oneLine, printable } from '@story-tree/runtime/terminalText';
import { createLogUpdate } from 'log-update';
import { fitted, widthOf } from './textWidth.ts';

const BAR_WIDTH = 24;
const FRAME_MS = 100;

export interface ProgressBars {
  show(event: ProgressEvent): void;
  /** A line that stays, above the bars. */
  print(line: string): void;
  close(): void;
}

/** What is shown of one task: its latest event, when that came, and when the first did, in milliseconds. */
interface Row {
  event: ProgressEvent;
  began: number;
  at: number;
}

/** One line for each workflow task: a bar while it runs, a tick once it is done. */
export function createProgressBars(stream: NodeJS.WriteStream): ProgressBars {
  const draw = createLogUpdate(stream, { showCursor: true });
  const rows = new Map<string, Row>();
  let timer: NodeJS.Timeout | undefined;

  const lines = () => [...rows.values()].map((row) => printable(rowText(row, stream.columns ?? 80))).join('\n');
  const redraw = () => {
    timer = undefined;
    draw(lines());
  };

  return {
    show(event) {
      // The log has told warnings already.
      if (event.kind === 'call-retried') this.print(coloured('yellow', event.message));
      const now = performance.now();
      rows.set(event.task, { event, began: rows.get(event.task)?.began ?? now, at: now });
      timer ??= setTimeout(redraw, FRAME_MS);
    },
    print(line) {
      draw.clear();
      stream.write(`${printable(line)}\n`);
      if (rows.size > 0) draw(lines());
    },
    close() {
      clearTimeout(timer);
      if (rows.size > 0) draw(lines());
      draw.done();
    },
  };
}

function rowText({ event, began, at }: Row, columns: number): string {
  const { kind, task, completed, total, message } = event;
  const ended = kind === 'task-done' || kind === 'task-skipped';
  // Nothing is done of what nobody has counted yet.
  const share = ended ? 1 : total === 0 ? 0 : completed / total;
  const filled = Math.round(share * BAR_WIDTH);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}`;
  const mark = ended ? coloured('green', '✓') : coloured('cyan', '•');
  const seconds = `${Math.round((at - began) / 1000)} s`;
  const detail = ended ? seconds : oneLine(message);
  const head = `${oneLine(task).padEnd(35)} ${bar} ${`${completed}/${total}`.padStart(9)}  `;
  return `${mark} ${head}${coloured('dim', fitted(detail, columns - widthOf(head) - 3))}`;
}
