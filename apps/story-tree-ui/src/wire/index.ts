/** What goes between the server and the pages: types, and the limits that both sides keep to. */
export type * from './estimates.ts';
export * from './limits.ts';
export type * from './session.ts';
export type * from './stories.ts';
export type * from './tasks.ts';
export type { Wire } from './wire.ts';
