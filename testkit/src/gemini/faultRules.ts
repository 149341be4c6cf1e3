import type { FaultName, StreamFaultName } from './faults.ts';
import type { WireCall } from './wire.ts';

/** When a fault happens: by default at every request that it can happen to. */
export interface FaultRule {
  fault: FaultName | StreamFaultName;
  /** Only at calls of this kind. */
  on?: WireCall['kind'];
  /** Only at calls for which this is true. */
  when?: (call: WireCall) => boolean;
  /** Only at the n-th of those calls, from 1, counted since the rule was set. */
  nth?: number;
  /** At most this many times. */
  times?: number;
  /** From 0 (never) to 1 (always). */
  probability?: number;
  /** Seconds that a throttling service asks to be left alone; 1 by default. */
  retryAfterS?: number;
  /** Events that a stream sends before a stream fault; 1 by default. */
  afterEvents?: number;
}

/** Decides which fault, if any, a request meets. Called once for each. */
export type FaultPicker = (call: WireCall) => FaultRule | undefined;

/** Finds the first rule that applies to a call, and keeps count. */
export function createFaultPicker(rules: readonly FaultRule[], random: () => number): FaultPicker {
  const counted = rules.map((rule) => ({ rule, seen: 0, struck: 0 }));
  return (call) => {
    for (const entry of counted) {
      const { rule } = entry;
      if (rule.on !== undefined && rule.on !== call.kind) continue;
      if (rule.when !== undefined && !rule.when(call)) continue;
      entry.seen += 1;
      if (rule.nth !== undefined && rule.nth !== entry.seen) continue;
      if (rule.times !== undefined && entry.struck >= rule.times) continue;
      if (rule.probability !== undefined && random() >= rule.probability) continue;
      entry.struck += 1;
      return rule;
    }
    return undefined;
  };
}
