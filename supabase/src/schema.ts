import type {
  AudioDesign,
  ConstitutionOrigin,
  CreationOptions,
  DisplayFields,
  ReferenceImageKind,
  SceneletContent,
  StoryboardEntry,
  StoryMode,
  StoryTaskEventType,
  StoryTaskFailure,
  StoryTaskOperation,
  StoryTaskStatus,
  VisualDesign,
  VisualReference,
} from '@story-tree/domain';
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';

/** Read as an object, written as JSON text: see `toJson`. */
type Json<T> = ColumnType<T, string, string>;
type NullableJson<T> = ColumnType<T | null, string | null | undefined, string | null>;

/** Set by the database alone. */
type Timestamp = ColumnType<Date, never, never>;

export interface StoriesTable {
  id: GeneratedAlways<string>;
  display_name: string;
  named_by_person: boolean;
  initial_prompt: string;
  creation_options: Json<CreationOptions>;
  mode: StoryMode;
  story_constitution: string | null;
  target_scenelets_per_path: number | null;
  visual_design_document: NullableJson<VisualDesign>;
  visual_reference_package: NullableJson<VisualReference>;
  audio_design_document: NullableJson<AudioDesign>;
  created_at: Timestamp;
  updated_at: Timestamp;
  deleted_at: Date | null;
}

interface ConstitutionVersionsTable {
  story_id: string;
  version: number;
  markdown: string;
  origin: Generated<ConstitutionOrigin>;
  created_at: Timestamp;
  run_id: string | null;
}

export interface SceneletsTable {
  id: GeneratedAlways<string>;
  story_id: string;
  label: string;
  parent_id: string | null;
  ordinal: number;
  choice_label_from_parent: string | null;
  choice_prompt: string | null;
  content: Json<SceneletContent>;
  is_branch_point: Generated<boolean>;
  is_terminal_node: boolean;
  created_at: Timestamp;
}

export interface ShotsTable {
  id: GeneratedAlways<string>;
  story_id: string;
  scenelet_id: string;
  scenelet_sequence: number;
  shot_index: number;
  storyboard_payload: Json<StoryboardEntry>;
  key_frame_image_path: string | null;
  audio_file_path: string | null;
  created_at: Timestamp;
  updated_at: Timestamp;
}

export interface ReferenceImagesTable {
  story_id: string;
  kind: ReferenceImageKind;
  design_id: string;
  image_path: string;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface StoryLeasesTable {
  story_id: string;
  holder: string;
  fence: string;
  expires_at: Date;
  acquired_at: Timestamp;
  /** As the driver hands over an interval. */
  duration: Generated<unknown>;
}

interface ModelCallsTable {
  id: GeneratedAlways<string>;
  /** Rises in the order in which calls are begun. A bigint as text, as the driver hands it over. */
  number: GeneratedAlways<string>;
  run_id: string;
  story_id: string;
  workflow_task: string;
  unit_key: string;
  kind: 'text' | 'image' | 'speech';
  model: string;
  request_hash: string;
  request: Json<unknown>;
  status: Generated<'started' | 'committed' | 'failed' | 'discarded' | 'interrupted'>;
  reply_text: string | null;
  reply_file: string | null;
  reply_sha256: string | null;
  model_version: string | null;
  response_id: string | null;
  usage: NullableJson<unknown>;
  /** A decimal as text, as the driver hands it over. */
  cost_usd: ColumnType<string | null, number | null | undefined, number | null>;
  latency_ms: number | null;
  attempts: number | null;
  error_code: string | null;
  started_at: Timestamp;
  finished_at: Date | null;
}

interface ModelCallTextsTable {
  story_id: string;
  sha256: string;
  body: string;
}

/** Read here, written by the functions of the migrations alone. */
type Read<T> = ColumnType<T, never, never>;

export interface StoryTasksTable {
  id: Read<string>;
  story_id: Read<string | null>;
  operation: Read<StoryTaskOperation>;
  status: Read<StoryTaskStatus>;
  progress: Read<number>;
  payload: Read<Record<string, unknown>>;
  display_fields: Read<DisplayFields>;
  requested_by: Read<string>;
  exclusive: Read<boolean>;
  error: Read<StoryTaskFailure | null>;
  cancel_requested_at: Read<Date | null>;
  stalled_at: Read<Date | null>;
  created_at: Read<Date>;
  started_at: Read<Date | null>;
  finished_at: Read<Date | null>;
}

export interface StoryTaskEventsTable {
  /** A bigint as text, as the driver hands it over. */
  id: Read<string>;
  task_id: Read<string>;
  story_id: Read<string | null>;
  event_type: Read<StoryTaskEventType>;
  step: Read<string>;
  message: Read<string>;
  payload: Read<Record<string, unknown> | null>;
  progress_override: Read<number | null>;
  created_at: Read<Date>;
}

interface StoryTaskDraftsTable {
  task_id: Read<string>;
  story_id: Read<string>;
  turn: Read<number>;
  text: Read<string>;
}

/** The tables of the migrations, as Kysely knows them. */
export interface DB {
  stories: StoriesTable;
  constitution_versions: ConstitutionVersionsTable;
  scenelets: SceneletsTable;
  shots: ShotsTable;
  reference_images: ReferenceImagesTable;
  story_leases: StoryLeasesTable;
  model_calls: ModelCallsTable;
  model_call_texts: ModelCallTextsTable;
  story_tasks: StoryTasksTable;
  story_task_events: StoryTaskEventsTable;
  story_task_drafts: StoryTaskDraftsTable;
}
