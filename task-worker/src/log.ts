import type { WorkflowDependencies } from '@story-tree/agent-backend';

/** Structured log lines; never given secrets, payloads or binary data. */
export type Log = WorkflowDependencies['log'];
