-- What a caller has asked for under a key of its own, so that asking twice does it once.
create table public.story_task_keys (
  requested_by uuid not null,
  key text not null,
  -- SHA-256 of the canonical body.
  request_hash text not null,
  -- Checked at the end: the key is taken first, so that the second of two equal requests waits there for the first.
  task_id uuid not null references public.story_tasks (id) on delete cascade deferrable initially deferred,
  created_at timestamptz not null default now(),
  primary key (requested_by, key)
);

create index story_task_keys_by_task on public.story_task_keys (task_id);
