-- The journal: every call of a model, what it answered and what it cost. A committed reply is never paid for again.
create table public.model_calls (
  id uuid primary key default gen_random_uuid(),
  run_id uuid not null,
  story_id uuid not null references public.stories (id) on delete cascade,
  workflow_task text not null,
  unit_key text not null,
  kind text not null check (kind in ('text', 'image', 'speech')),
  model text not null,
  -- SHA-256 of the canonical request.
  request_hash text not null,
  -- Without inline bytes; long texts stand in model_call_texts under the hash that the request names.
  request jsonb not null,
  status text not null default 'started' check (status in ('started', 'committed', 'failed', 'discarded')),
  reply_text text,
  reply_file text,
  model_version text,
  response_id text,
  usage jsonb,
  cost_usd numeric(12, 6),
  latency_ms integer,
  attempts integer,
  error_code text,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  -- A discarded call may have lost its reply: that goes with a deleted story, and what it cost stays.
  check (status <> 'committed' or num_nonnulls(reply_text, reply_file) = 1)
);

create index model_calls_replay on public.model_calls (story_id, workflow_task, unit_key, request_hash)
  where status = 'committed';
create index model_calls_by_run on public.model_calls (run_id);
create index model_calls_by_story on public.model_calls (story_id, started_at);

-- Many calls of a story send the same long text: it is kept once.
create table public.model_call_texts (
  story_id uuid not null references public.stories (id) on delete cascade,
  sha256 text not null,
  body text not null,
  primary key (story_id, sha256)
);
