import type { ModelKind } from '../../agent-backend/src/models/ports.ts';
import type { Log } from '../../agent-backend/src/workflow/progress.ts';
import type { SlotCounts } from '../../agent-backend/src/workflow/slots.ts';

/** A call: how long its model took, in seconds. */
export interface TimedCall {
  task: string;
  unit: string;
  kind: ModelKind;
  seconds: number;
}

interface Node {
  after: string[];
  kind?: ModelKind;
  seconds: number;
}

/** What waits for what in a run, as the engine's own log tells of it. */
export class PlanGraph {
  readonly #nodes = new Map<string, Node>();

  readonly log: Log = (_level, message, fields) => {
    if (message !== 'unit planned') return;
    const { task, unit, after } = fields as { task: string; unit: string; after: string[] };
    this.#nodes.set(`${task}/${unit}`, { after: [...after], seconds: 0 });
    // A task as a whole: what waits for it waits for all of its units.
    const whole = this.#nodes.get(task);
    if (whole) whole.after.push(`${task}/${unit}`);
    else this.#nodes.set(task, { after: [`${task}/${unit}`], seconds: 0 });
  };

  /**
   * The time below which no schedule can come, in seconds: the longest chain; and for each kind of model, the work that
   * cannot begin before a moment and has to be followed by something, spread evenly over the slots.
   */
  bound(calls: readonly TimedCall[], slots: SlotCounts): number {
    for (const { task, unit, kind, seconds } of calls) {
      const node = this.#nodes.get(`${task}/${unit}`);
      if (node === undefined) throw new Error(`${task}/${unit} was never planned.`);
      Object.assign(node, { kind, seconds });
    }
    const heads = longestBefore(this.#nodes);
    const tails = longestBefore(reversed(this.#nodes));
    const timed = [...this.#nodes].map(([key, { kind, seconds }]) => ({
      kind,
      seconds,
      head: heads.get(key) ?? 0,
      tail: tails.get(key) ?? 0,
    }));
    const chain = Math.max(...timed.map(({ head, seconds, tail }) => head + seconds + tail));
    const kinds = Object.entries(slots).map(([kind, count]) =>
      leastTime(
        timed.filter((call) => call.kind === kind),
        count,
      ),
    );
    return Math.max(chain, ...kinds);
  }
}

interface Placed {
  seconds: number;
  head: number;
  tail: number;
}

/** For all calls with at least so much before and so much after them: that, and between it their work. */
function leastTime(calls: readonly Placed[], slots: number): number {
  let least = 0;
  for (const head of new Set(calls.map((call) => call.head))) {
    for (const tail of new Set(calls.map((call) => call.tail))) {
      const among = calls.filter((call) => call.head >= head && call.tail >= tail).map(({ seconds }) => seconds);
      if (among.length === 0) continue;
      const work = among.reduce((sum, seconds) => sum + seconds, 0);
      // One of the slots makes at least so many of them, none in less than the shortest takes.
      const inRow = Math.ceil(among.length / slots) * Math.min(...among);
      least = Math.max(least, head + Math.max(work / slots, inRow) + tail);
    }
  }
  return least;
}

/** For each node, how long the longest chain is that has to come before it. */
function longestBefore(nodes: ReadonlyMap<string, Node>): Map<string, number> {
  const heads = new Map<string, number>();
  const headOf = (key: string): number => {
    const known = heads.get(key);
    if (known !== undefined) return known;
    const before = nodes.get(key)?.after ?? [];
    const head = Math.max(0, ...before.map((other) => headOf(other) + (nodes.get(other)?.seconds ?? 0)));
    heads.set(key, head);
    return head;
  };
  for (const key of nodes.keys()) headOf(key);
  return heads;
}

function reversed(nodes: ReadonlyMap<string, Node>): Map<string, Node> {
  const turned = new Map([...nodes].map(([key, { seconds }]) => [key, { after: [] as string[], seconds }]));
  for (const [key, { after }] of nodes) for (const other of after) turned.get(other)?.after.push(key);
  return turned;
}
