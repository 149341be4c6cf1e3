import type { Estimate, RunRecord } from '@story-tree/domain';
import type { Wire } from './wire.ts';

/**
 * `GET /api/estimate?targetScenelets&until`, of a story that is yet to be made, and
 * `GET /api/stories/:id/estimate?task&override`, of what one lacks; `task` is `ALL` unless given.
 */
export type RunEstimate = Estimate;

/** A run of a story, with its estimate. */
export type RunLine = Wire<RunRecord>;
