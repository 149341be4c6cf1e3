-- A lease belongs to its fence until somebody else takes it: taking it changes the fence, and waits for those who are writing
-- under it. What the clock says only decides when others may take it. So a clock that is set forward, or a machine that
-- slept, takes the story from nobody who still works on it.
--
-- And a clock that is set back must not keep the story of somebody who died: whoever is refused cuts what is left to one
-- duration of the holder's own. A holder that lives renews well within that.
alter table public.story_leases add column duration interval not null default interval '15 seconds';

create or replace function public.acquire_story_lease(target uuid, new_holder text, ttl interval) returns bigint
language plpgsql set search_path = '' as $$
declare
  taken bigint;
begin
  insert into public.story_leases as held (story_id, holder, fence, expires_at, duration)
  select id, new_holder,
    ((extract(epoch from clock_timestamp()) * 1000)::bigint << 20) + (nextval('public.story_lease_fences') & 1048575),
    clock_timestamp() + ttl, ttl
  from public.stories where id = target and deleted_at is null
  on conflict (story_id) do update
    set holder = excluded.holder, fence = excluded.fence, expires_at = excluded.expires_at,
      duration = excluded.duration, acquired_at = clock_timestamp()
    where held.expires_at <= clock_timestamp()
  returning fence into taken;
  if taken is null then
    update public.story_leases set expires_at = clock_timestamp() + duration
    where story_id = target and expires_at > clock_timestamp() + duration;
  end if;
  return taken;
end
$$;

create or replace function public.renew_story_lease(target uuid, held_fence bigint, ttl interval) returns boolean
language sql set search_path = '' as $$
  with renewed as (
    update public.story_leases set expires_at = clock_timestamp() + ttl, duration = ttl
    where story_id = target and fence = held_fence
    returning 1
  )
  select exists (select from renewed);
$$;

create or replace function public.assert_story_lease(target uuid, held_fence bigint) returns void
language plpgsql set search_path = '' as $$
begin
  perform 1 from public.story_leases where story_id = target and fence = held_fence for key share;
  if not found then
    raise exception 'the lease on story % is lost', target using errcode = 'ST001';
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

-- The same for all leases at once, for the sake of those who are refused without asking for one.
create function public.limit_story_leases() returns void
language sql set search_path = '' as $$
  update public.story_leases set expires_at = clock_timestamp() + duration
  where expires_at > clock_timestamp() + duration;
$$;

revoke execute on function public.limit_story_leases() from public, anon, authenticated;
grant execute on function public.limit_story_leases() to service_role;

-- A key is good for a day. One that a clock has dated ahead is good for a day from when it is met.
create or replace function public.claim_story_task_key(new_task uuid, caller uuid, caller_key text, body_hash text)
returns uuid
language plpgsql set search_path = '' as $$
declare
  earlier public.story_task_keys;
begin
  insert into public.story_task_keys as known (requested_by, key, request_hash, task_id)
  values (caller, caller_key, body_hash, new_task)
  on conflict (requested_by, key) do update
    set request_hash = excluded.request_hash, task_id = excluded.task_id, created_at = excluded.created_at
    where known.created_at < now() - interval '24 hours';
  if found then
    return new_task;
  end if;
  update public.story_task_keys set created_at = now()
  where requested_by = caller and key = caller_key and created_at > now()
  returning * into earlier;
  if not found then
    select * into earlier from public.story_task_keys where requested_by = caller and key = caller_key;
  end if;
  if earlier.request_hash <> body_hash then
    raise exception 'the key was used for another request' using errcode = 'ST010';
  end if;
  return earlier.task_id;
end
$$;
