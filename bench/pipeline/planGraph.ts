import type { ModelKind, SlotCounts } from '@story-tree/agent-backend';
import type { Log } from '@story-tree/domain';

/** A call, and how long its model took, in seconds. */
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

/** What waits for what in a run, according to the engine's own log. */
export class PlanGraph {
  readonly #nodes = new Map<string, Node>();

  readonly log: Log = (_level, message, fields) => {
    if (message !== 'unit planned') return;
    const { task, unit, after } = fields as { task: string; unit: string; after: string[] };
    this.#nodes.set(`${task}/${unit}`, { after: [...after], seconds: 0 });
    // The task as a whole: whatever waits for it waits for all of its units.
    const whole = this.#nodes.get(task);
    if (whole) whole.after.push(`${task}/${unit}`);
    else this.#nodes.set(task, { after: [`${task}/${unit}`], seconds: 0 });
  };

  /**
   * The time that no schedule can beat, in seconds: the longest chain; or for any kind of model, the work that cannot begin
   * before some moment and must be followed by something, spread evenly over the slots. That moment is when the longest
   * chain before it ends, or when everything before it can be done at the earliest.
   */
  bound(calls: readonly TimedCall[], slots: SlotCounts): number {
    for (const { task, unit, kind, seconds } of calls) {
      const node = this.#nodes.get(`${task}/${unit}`);
      if (node === undefined) throw new Error(`${task}/${unit} was never planned.`);
      Object.assign(node, { kind, seconds });
    }
    const heads = leastBefore(this.#nodes, slots);
    const tails = leastBefore(reversed(this.#nodes), slots);
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

/** The largest of these times: at least so much before a group of calls, their work, and at least so much after them. */
function leastTime(calls: readonly Placed[], slots: number): number {
  let least = 0;
  for (const head of new Set(calls.map((call) => call.head))) {
    for (const tail of new Set(calls.map((call) => call.tail))) {
      const among = calls.filter((call) => call.head >= head && call.tail >= tail).map(({ seconds }) => seconds);
      if (among.length === 0) continue;
      const work = among.reduce((sum, seconds) => sum + seconds, 0);
      // At least one slot makes this many of them, none faster than the shortest.
      const inRow = Math.ceil(among.length / slots) * Math.min(...among);
      least = Math.max(least, head + Math.max(work / slots, inRow) + tail);
    }
  }
  return least;
}

/** The earliest time at which each node can begin: what comes before it is a chain, and also work for the slots. */
function leastBefore(nodes: ReadonlyMap<string, Node>, slots: SlotCounts): Map<string, number> {
  const known = new Map<string, { least: number; before: ReadonlySet<Node> }>();
  const look = (key: string): { least: number; before: ReadonlySet<Node> } => {
    const seen = known.get(key);
    if (seen) return seen;
    const before = new Set<Node>();
    let chain = 0;
    for (const other of nodes.get(key)?.after ?? []) {
      const node = nodes.get(other);
      const found = look(other);
      for (const one of found.before) before.add(one);
      if (node) before.add(node);
      chain = Math.max(chain, found.least + (node?.seconds ?? 0));
    }
    const looked = { least: Math.max(chain, leastOfSlots(before, slots)), before };
    known.set(key, looked);
    return looked;
  };
  return new Map([...nodes.keys()].map((key) => [key, look(key).least]));
}

/** The least time that all this work takes, regardless of what waits for what. */
function leastOfSlots(nodes: Iterable<Node>, slots: SlotCounts): number {
  const work: Record<ModelKind, number> = { text: 0, image: 0, speech: 0 };
  for (const { kind, seconds } of nodes) if (kind) work[kind] += seconds;
  return Math.max(...Object.entries(slots).map(([kind, count]) => work[kind as ModelKind] / count));
}

function reversed(nodes: ReadonlyMap<string, Node>): Map<string, Node> {
  const turned = new Map([...nodes].map(([key, node]) => [key, { ...node, after: [] as string[] }]));
  for (const [key, { after }] of nodes) for (const other of after) turned.get(other)?.after.push(key);
  return turned;
}
