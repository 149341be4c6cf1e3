/**
 * Usage: node --import …/shiftedDate.ts?ms=-21600000 program. Moves the clock that the program reads through `Date`, and
 * leaves `performance.now()` alone, as setting the machine's clock does.
 */
const shiftMs = Number(new URL(import.meta.url).searchParams.get('ms'));
const { now } = Date;

globalThis.Date = new Proxy(Date, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length > 0 ? args : [Date.now()], newTarget),
  apply: () => new Date().toString(),
});
Date.now = () => now() + shiftMs;
