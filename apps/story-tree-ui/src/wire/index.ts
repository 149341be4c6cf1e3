/** What goes between the server and the pages, as types. */
export type * from './estimates.ts';
export type * from './session.ts';
export type * from './stories.ts';
export type * from './tasks.ts';
export type { Wire } from './wire.ts';
