-- Since when no worker has been at a running task, as far as anybody has noticed: a worker that was killed cannot say so.
alter table public.story_tasks add column stalled_at timestamptz;

-- Finds a running task that nobody is working on, marks it, and adds the lines to its log; returns whether there was one.
-- Its lease, once run out, says so at once. Where there is none, because the task was handed back or is to be tried again,
-- somebody is about to take it up: that is waited for. One task at a time, and its lease is locked before it, as everybody
-- else does.
create function public.tell_stalled_story_task(lines jsonb, patience interval) returns boolean
language plpgsql set search_path = '' as $$
declare
  task record;
  lease record;
begin
  for task in
    select id, story_id from public.story_tasks
    where status = 'running' and stalled_at is null
      and not exists (
        select from public.story_leases
        where story_leases.story_id = story_tasks.story_id and holder = 'task ' || story_tasks.id
          and expires_at > clock_timestamp()
      )
      and exists (select from public.stories where stories.id = story_tasks.story_id and deleted_at is null)
    order by created_at
  loop
    -- Whoever takes the task up in this very moment either waits for this and finds the mark, or is waited for here.
    select holder, expires_at into lease from public.story_leases where story_id = task.story_id for share;
    if found and lease.holder = 'task ' || task.id then
      continue when lease.expires_at > clock_timestamp();
    else
      continue when exists (
        select from public.story_task_events where task_id = task.id and created_at > clock_timestamp() - patience
      );
    end if;
    update public.story_tasks set stalled_at = clock_timestamp()
    where id = task.id and status = 'running' and stalled_at is null;
    continue when not found;
    perform public.append_story_task_events(task.id, lines);
    return true;
  end loop;
  return false;
end
$$;

-- As before, and whoever takes the task up ends that nobody works on it.
create or replace function public.take_up_story_task(target uuid, new_holder text, ttl interval)
returns table (fence bigint, earlier_status text, task public.story_tasks, story jsonb)
language plpgsql set search_path = '' as $$
declare
  story_of_task uuid;
  held bigint;
  found_task public.story_tasks;
  status_before text;
begin
  perform set_config('synchronous_commit', 'off', true);
  select story_id into story_of_task from public.story_tasks where id = target;
  held := public.acquire_story_lease(story_of_task, new_holder, ttl);
  -- Only under the lease is it certain how far the last worker came.
  select * into found_task from public.story_tasks where id = target;
  if not found then
    return;
  end if;
  status_before := found_task.status;
  if held is not null and found_task.finished_at is null and found_task.cancel_requested_at is null then
    if status_before = 'queued' then
      update public.story_tasks set status = 'running' where id = target returning * into found_task;
    else
      -- Left by a worker that died in the middle of a turn.
      delete from public.story_task_drafts where task_id = target;
      if found_task.stalled_at is not null then
        update public.story_tasks set stalled_at = null where id = target returning * into found_task;
      end if;
    end if;
  end if;
  return query select held, status_before, found_task, (
    select to_jsonb(stories) from public.stories where id = story_of_task and held is not null
  );
end
$$;

-- As before, and a worker that only stood still for a while, as on a machine that slept, ends it, too.
create or replace function public.renew_story_lease(target uuid, held_fence bigint, ttl interval) returns boolean
language sql set search_path = '' as $$
  with renewed as (
    update public.story_leases set expires_at = clock_timestamp() + ttl
    where story_id = target and fence = held_fence
    returning holder
  ), woken as (
    update public.story_tasks set stalled_at = null
    from renewed
    where story_tasks.story_id = target and status = 'running' and stalled_at is not null
      and renewed.holder = 'task ' || story_tasks.id
  )
  select exists (select from renewed);
$$;

revoke execute on function public.tell_stalled_story_task(jsonb, interval) from public, anon, authenticated;
grant execute on function public.tell_stalled_story_task(jsonb, interval) to service_role;

-- Pages show it like the other columns.
do $$
declare
  columns constant text := 'id, story_id, operation, status, progress, display_fields, requested_by, error,
    cancel_requested_at, stalled_at, created_at, started_at, finished_at';
begin
  grant select (stalled_at) on public.story_tasks to authenticated;
  if exists (
    select from pg_publication_rel join pg_publication on pg_publication.oid = prpubid
    where pubname = 'supabase_realtime' and prrelid = 'public.story_tasks'::regclass and prattrs is not null
  ) then
    alter publication supabase_realtime drop table public.story_tasks;
    execute format('alter publication supabase_realtime add table public.story_tasks (%s)', columns);
  end if;
end
$$;
