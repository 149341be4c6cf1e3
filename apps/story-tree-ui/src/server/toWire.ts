import type { Wire } from '../wire/index.ts';

/** A value as JSON carries it. */
export function toWire<T>(value: T): Wire<T> {
  return JSON.parse(JSON.stringify(value)) as Wire<T>;
}
