-- A fence must never be given twice, not even when the server crashes before the one that gave it reached the disk: a
-- sequence begins again below what it gave last. So the time stands in front: milliseconds, and then the low twenty bits
-- of the sequence, which tell apart what is given in the same one.
create or replace function public.acquire_story_lease(target uuid, new_holder text, ttl interval) returns bigint
language sql set search_path = '' as $$
  insert into public.story_leases as held (story_id, holder, fence, expires_at)
  select id, new_holder,
    ((extract(epoch from clock_timestamp()) * 1000)::bigint << 20) + (nextval('public.story_lease_fences') & 1048575),
    clock_timestamp() + ttl
  from public.stories where id = target and deleted_at is null
  on conflict (story_id) do update
    set holder = excluded.holder, fence = excluded.fence, expires_at = excluded.expires_at, acquired_at = clock_timestamp()
    where held.expires_at <= clock_timestamp()
  returning fence;
$$;
