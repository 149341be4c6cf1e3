-- A clock that is set back must not keep the story of somebody who died: whoever is refused cuts what is left of the lease
-- to one duration of its holder's own. A holder that lives renews well within that.
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
