-- What happened to tasks, line by line, append-only. The id is also the line's place in the order of all lines.
create sequence public.story_task_event_ids as bigint;

create table public.story_task_events (
  id bigint primary key,
  task_id uuid not null references public.story_tasks (id) on delete cascade,
  -- The task's, copied so that subscribers can filter by it. No foreign key: it goes with the task.
  story_id uuid,
  event_type text not null check (event_type in ('progress', 'info', 'error', 'chat_message')),
  step text not null,
  message text not null,
  payload jsonb,
  -- Percent that the task has reached with this line.
  progress_override integer check (progress_override between 0 and 100),
  created_at timestamptz not null default now()
);

alter sequence public.story_task_event_ids owned by public.story_task_events.id;

create index story_task_events_by_task on public.story_task_events (task_id, id);
create index story_task_events_by_story on public.story_task_events (story_id, id);
create index story_task_events_said on public.story_task_events (story_id, id) where event_type = 'chat_message';

-- A reader keeps the last id that it has seen and asks for greater ones, so ids have to become visible in their order: with
-- a plain sequence, a transaction could draw 7, another one 8 and commit first, and 7 would be missed. Hence one writer at
-- a time between drawing an id and the end of its transaction. That costs little: NOTIFY lets commits through one by one
-- anyway. Ordering by transaction id instead would make every reader wait for the longest transaction of the whole cluster.
--
-- No deadlock, as long as a transaction takes the task's row first, this lock after it, and nothing that others may hold
-- after that. So events are the last thing that a transaction writes, and they belong to one task.
create function public.place_story_task_event() returns trigger
language plpgsql set search_path = '' as $$
declare
  task public.story_tasks;
begin
  select * into task from public.story_tasks where id = new.task_id for no key update;
  if not found then
    raise exception 'there is no story task %', new.task_id using errcode = 'ST007';
  end if;
  if new.progress_override > task.progress and task.finished_at is null then
    update public.story_tasks set progress = new.progress_override where id = task.id;
  end if;
  perform pg_advisory_xact_lock(5371026003);
  new.id := nextval('public.story_task_event_ids');
  new.story_id := task.story_id;
  new.created_at := clock_timestamp();
  return new;
end
$$;

create trigger story_task_events_place before insert on public.story_task_events
for each row execute function public.place_story_task_event();
create trigger story_task_events_append_only before update on public.story_task_events
for each row execute function public.refuse_update();

-- Lines go only with their task: that is a cascade, and then another trigger is around us.
create function public.keep_story_task_event() returns trigger
language plpgsql set search_path = '' as $$
begin
  if pg_trigger_depth() = 1 then
    raise exception 'story_task_events is append-only' using errcode = 'ST002';
  end if;
  return old;
end
$$;

create trigger story_task_events_keep before delete on public.story_task_events
for each row execute function public.keep_story_task_event();

create function public.notify_story_task_events() returns trigger
language plpgsql set search_path = '' as $$
begin
  perform pg_notify('story_task_events', max(id)::text) from added having count(*) > 0;
  return null;
end
$$;

create trigger story_task_events_notify after insert on public.story_task_events
referencing new table as added
for each statement execute function public.notify_story_task_events();
