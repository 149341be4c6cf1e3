-- The fence alone decides who holds a story. An expiry that has passed lets others take it; until somebody does, its
-- holder goes on. So a database that was away for longer than a lease lasts, or a clock that was set forward, takes
-- nothing from anybody.
create or replace function public.renew_story_lease(target uuid, held_fence bigint, ttl interval) returns boolean
language sql set search_path = '' as $$
  with renewed as (
    update public.story_leases set expires_at = clock_timestamp() + ttl
    where story_id = target and fence = held_fence
    returning 1
  )
  select exists (select from renewed);
$$;

-- As before: the key lock keeps the lease from changing hands until the writing transaction ends.
create or replace function public.assert_story_lease(target uuid, held_fence bigint) returns void
language plpgsql set search_path = '' as $$
begin
  perform 1 from public.story_leases where story_id = target and fence = held_fence for key share;
  if not found then
    raise exception 'the lease on story % is lost', target using errcode = 'ST001';
  end if;
end
$$;

create or replace function public.draft_story_task(target uuid, held_fence bigint, new_turn integer, new_text text)
returns void
language plpgsql set search_path = '' as $$
declare
  task public.story_tasks;
begin
  select * into task from public.story_tasks where id = target;
  if held_fence is not null and not exists (
    select from public.story_leases where story_id = task.story_id and fence = held_fence
  ) then
    raise exception 'the lease on story % is lost', task.story_id using errcode = 'ST001';
  end if;
  if new_text is null then
    delete from public.story_task_drafts where task_id = target;
  elsif task.status = 'running' then
    insert into public.story_task_drafts (task_id, story_id, turn, text)
    values (target, task.story_id, new_turn, new_text)
    on conflict (task_id) do update set turn = excluded.turn, text = excluded.text;
  end if;
end
$$;

create or replace function public.end_story_task(
  target uuid, held_fence bigint, final_status text, failure jsonb, lines jsonb
) returns public.story_tasks
language plpgsql set search_path = '' as $$
declare
  story uuid;
begin
  select story_id into story from public.story_tasks where id = target;
  if not found then
    raise exception 'there is no story task %', target using errcode = 'ST007';
  end if;
  if held_fence is not null then
    delete from public.story_leases where story_id = story and fence = held_fence;
    if not found then
      raise exception 'the lease on story % is lost', story using errcode = 'ST001';
    end if;
  end if;
  update public.story_tasks set status = final_status, error = failure where id = target;
  delete from public.story_task_drafts where task_id = target;
  return public.append_story_task_events(target, lines);
end
$$;
