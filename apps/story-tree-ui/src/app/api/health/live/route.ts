import { verdictRoute } from '../verdict.ts';

/** Whether the app answers at all. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = verdictRoute(async () => true);
