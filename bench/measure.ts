/** One row of the table: a ratio to a baseline of the same run, and the bar it has to meet. */
export interface BenchRow {
  name: string;
  /** What the ratio is relative to. */
  baseline: string;
  bar: number;
  /** Fewer rounds for a row that takes long and varies little; by default as many as the other rows. */
  rounds?: number;
  /** Measures one round and resolves to the ratio. */
  round(): Promise<number>;
}

export interface BenchResult {
  name: string;
  baseline: string;
  bar: number;
  median: number;
  lowest: number;
  highest: number;
  /** Every round's ratio, in ascending order. */
  ratios: readonly number[];
  meets: boolean;
}

/** Measures a row for a number of rounds, unless the row has its own. */
export async function measure({ name, baseline, bar, round, ...row }: BenchRow, rounds: number): Promise<BenchResult> {
  const ratios: number[] = [];
  for (let count = 0; count < (row.rounds ?? rounds); count += 1) ratios.push(await round());
  ratios.sort((a, b) => a - b);
  const median = ratios[Math.floor(ratios.length / 2)] ?? Number.NaN;
  const [lowest = median] = ratios;
  return { name, baseline, bar, median, lowest, highest: ratios.at(-1) ?? median, ratios, meets: median <= bar };
}

export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}
