import { services } from '../../../../services/index.ts';
import { verdictRoute } from '../verdict.ts';

/** Whether pages and play work. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = verdictRoute(() => services().health.canServe());
