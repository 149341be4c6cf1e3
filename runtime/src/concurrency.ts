/** Calls of each kind of model that a process makes at once, unless it is told otherwise; speech in order. */
export const DEFAULT_CONCURRENCY = 4;
