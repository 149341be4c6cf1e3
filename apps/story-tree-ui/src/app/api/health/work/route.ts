import { services } from '../../../../services/index.ts';
import { verdictRoute } from '../verdict.ts';

/** Whether tasks are worked on. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = verdictRoute(() => services().health.canWork());
