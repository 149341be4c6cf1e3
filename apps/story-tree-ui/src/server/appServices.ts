import type { Health } from '../wire/index.ts';
import type { Sessions } from './auth/sessions.ts';
import type { Bundles } from './bundles/bundles.ts';
import type { GeneratedFiles } from './files/generatedFiles.ts';
import type { ErrorReply } from './http/errorReply.ts';
import type { AppMetrics } from './metrics/appMetrics.ts';
import type { CostReading } from './stories/costReading.ts';
import type { ShotRequestReading } from './stories/shotRequests.ts';
import type { StoryReading } from './stories/storyReading.ts';
import type { TaskStreams } from './streams/taskStreams.ts';
import type { TaskReading } from './tasks/taskReading.ts';
import type { TaskRequests } from './tasks/taskRequests.ts';

/** What routes and server components may ask. */
export interface AppServices {
  sessions: Sessions;
  stories: StoryReading;
  costs: CostReading;
  shotRequests: ShotRequestReading;
  tasks: TaskReading & TaskRequests;
  streams: TaskStreams;
  bundles: Bundles;
  /** The page that plays a story, and the address at which a story begins in it. */
  player: { html: string; address(storyId: string, scenelet: string | null): Promise<string> };
  files: GeneratedFiles;
  metrics: AppMetrics;
  health(): Promise<Health>;
  /** What an error is to those who called; unexpected ones are logged. */
  explain(thrown: unknown): ErrorReply;
}
