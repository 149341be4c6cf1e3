/** One line of the table: a ratio against a baseline of the same run, and the bar it has to meet. */
export interface BenchRow {
  name: string;
  /** What the ratio is taken against. */
  baseline: string;
  bar: number;
  /** Measures one round; returns the ratio. */
  round(): Promise<number>;
}

export interface BenchResult {
  name: string;
  baseline: string;
  bar: number;
  median: number;
  lowest: number;
  highest: number;
  meets: boolean;
}

export async function measure({ name, baseline, bar, round }: BenchRow, rounds: number): Promise<BenchResult> {
  const ratios: number[] = [];
  for (let count = 0; count < rounds; count += 1) ratios.push(await round());
  ratios.sort((a, b) => a - b);
  const median = ratios[Math.floor(ratios.length / 2)] ?? Number.NaN;
  const [lowest = median] = ratios;
  return { name, baseline, bar, median, lowest, highest: ratios.at(-1) ?? median, meets: median <= bar };
}

export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}
