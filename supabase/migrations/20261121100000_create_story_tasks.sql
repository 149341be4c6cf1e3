-- One row per run of an operation. Whatever the code above does, a task goes one way only: queued, running, ended. Pages
-- keep room for the next state of their rows: progress then touches no index.
create table public.story_tasks (
  id uuid primary key default gen_random_uuid(),
  story_id uuid references public.stories (id) on delete cascade,
  operation text not null check (operation <> ''),
  status text not null default 'queued' check (status in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  progress integer not null default 0 check (progress between 0 and 100),
  payload jsonb not null default '{}',
  display_fields jsonb not null default '{}',
  requested_by uuid not null,
  exclusive boolean not null default false,
  error jsonb,
  cancel_requested_at timestamptz,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  check (status <> 'succeeded' or progress = 100),
  check ((status = 'failed') = (error is not null)),
  check ((status in ('succeeded', 'failed', 'cancelled')) = (finished_at is not null)),
  check (status not in ('running', 'succeeded', 'failed') or started_at is not null)
) with (fillfactor = 70);

-- At most one task at a time may be about to write to a story, or be writing.
create unique index story_tasks_one_exclusive on public.story_tasks (story_id)
  where exclusive and status in ('queued', 'running');
create index story_tasks_active on public.story_tasks (created_at) where status in ('queued', 'running');
create index story_tasks_ended on public.story_tasks (finished_at) where finished_at is not null;
create index story_tasks_by_story on public.story_tasks (story_id, created_at, id);

create function public.begin_story_task() returns trigger
language plpgsql set search_path = '' as $$
begin
  if new.status not in ('queued', 'succeeded') then
    raise exception 'a story task does not begin as %', new.status using errcode = 'ST004';
  end if;
  new.created_at := clock_timestamp();
  -- What is done when the answer comes was never in a queue.
  new.progress := case new.status when 'succeeded' then 100 else 0 end;
  new.started_at := case new.status when 'succeeded' then new.created_at end;
  new.finished_at := new.started_at;
  new.cancel_requested_at := null;
  return new;
end
$$;

create function public.change_story_task() returns trigger
language plpgsql set search_path = '' as $$
begin
  if old.finished_at is not null then
    raise exception 'story task % has ended', old.id using errcode = 'ST003';
  end if;
  if new.status <> old.status and (old.status, new.status) not in (
    ('queued', 'running'), ('queued', 'cancelled'),
    ('running', 'succeeded'), ('running', 'failed'), ('running', 'cancelled')
  ) then
    raise exception 'a story task does not go from % to %', old.status, new.status using errcode = 'ST004';
  end if;
  if (new.id, new.story_id, new.operation, new.payload, new.requested_by, new.exclusive, new.created_at)
    is distinct from
    (old.id, old.story_id, old.operation, old.payload, old.requested_by, old.exclusive, old.created_at) then
    raise exception 'what story task % is never changes', old.id using errcode = 'ST005';
  end if;
  new.progress := case
    when new.status = 'succeeded' then 100
    when new.status in ('failed', 'cancelled') then old.progress
    else greatest(old.progress, new.progress)
  end;
  new.cancel_requested_at := coalesce(old.cancel_requested_at, new.cancel_requested_at);
  new.started_at := case when new.status = 'running' then coalesce(old.started_at, clock_timestamp()) else old.started_at end;
  new.finished_at := case when new.status in ('succeeded', 'failed', 'cancelled') then clock_timestamp() end;
  return new;
end
$$;

-- A task that has not ended goes only together with its story: that is a cascade, and then another trigger is around us.
create function public.keep_active_story_task() returns trigger
language plpgsql set search_path = '' as $$
begin
  if old.finished_at is null and pg_trigger_depth() = 1 then
    raise exception 'story task % has not ended', old.id using errcode = 'ST006';
  end if;
  return old;
end
$$;

create trigger story_tasks_begin before insert on public.story_tasks
for each row execute function public.begin_story_task();
create trigger story_tasks_change before update on public.story_tasks
for each row execute function public.change_story_task();
create trigger story_tasks_keep_active before delete on public.story_tasks
for each row execute function public.keep_active_story_task();

create function public.notify_story_task_cancel() returns trigger
language plpgsql set search_path = '' as $$
begin
  perform pg_notify('story_task_cancels', new.id::text);
  return null;
end
$$;

create trigger story_tasks_notify_cancel after update of cancel_requested_at on public.story_tasks
for each row when (old.cancel_requested_at is null and new.cancel_requested_at is not null)
execute function public.notify_story_task_cancel();
