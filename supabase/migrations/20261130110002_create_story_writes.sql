-- A writer whose connection breaks while a write is committed cannot know whether it arrived, so it writes again; and
-- what is here shows that it need not. A writer has some places, each for one write at a time, and counts the writes of
-- each place: one with a number that is not higher than the last has been done.
create table public.story_writes (
  place uuid primary key,
  fence bigint not null references public.story_leases (fence) on update cascade on delete cascade,
  number integer not null
);
create index story_writes_by_fence on public.story_writes (fence);

alter table public.story_writes enable row level security;
revoke all on public.story_writes from public, anon, authenticated;
grant all on public.story_writes to service_role;

-- Called first in every writing transaction, in place of assert_story_lease. False: this very write has been done. When
-- the earlier attempt is still under way in a session that nobody listens to, this waits for its end.
create function public.open_story_write(target uuid, held_fence bigint, write_place uuid, write_number integer)
returns boolean
language plpgsql set search_path = '' as $$
begin
  perform public.assert_story_lease(target, held_fence);
  insert into public.story_writes as known (place, fence, number) values (write_place, held_fence, write_number)
  on conflict (place) do update set number = excluded.number where known.number < excluded.number;
  return found;
end
$$;

-- Appends lines to a task's log once, however often the write is sent. Locks in the order of lease, task, events.
create function public.record_story_task_events_once(
  target uuid, held_fence bigint, lines jsonb, write_place uuid, write_number integer
) returns public.story_tasks
language plpgsql set search_path = '' as $$
declare
  task public.story_tasks;
begin
  select * into task from public.story_tasks where id = target;
  if not found then
    raise exception 'there is no story task %', target using errcode = 'ST007';
  end if;
  if public.open_story_write(task.story_id, held_fence, write_place, write_number) then
    return public.record_story_task_events(target, held_fence, lines);
  end if;
  return task;
end
$$;

revoke execute on function public.open_story_write(uuid, bigint, uuid, integer) from public, anon, authenticated;
grant execute on function public.open_story_write(uuid, bigint, uuid, integer) to service_role;
revoke execute on function public.record_story_task_events_once(uuid, bigint, jsonb, uuid, integer)
  from public, anon, authenticated;
grant execute on function public.record_story_task_events_once(uuid, bigint, jsonb, uuid, integer) to service_role;
