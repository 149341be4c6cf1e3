-- One writer per story. The fence rises with every new holder; whoever writes shows its fence and is refused when the
-- lease has run out or has gone to somebody else.
create sequence public.story_lease_fences as bigint;

create table public.story_leases (
  story_id uuid primary key references public.stories (id) on delete cascade,
  holder text not null,
  -- Unique, and therefore a key: only a change of the fence waits for the writers that assert_story_lease let through.
  fence bigint not null unique,
  expires_at timestamptz not null,
  acquired_at timestamptz not null default now()
);

-- The fence, or null while somebody else holds the story or when there is no such story.
create function public.acquire_story_lease(target uuid, new_holder text, ttl interval) returns bigint
language sql set search_path = '' as $$
  insert into public.story_leases as held (story_id, holder, fence, expires_at)
  select id, new_holder, nextval('public.story_lease_fences'), clock_timestamp() + ttl
  from public.stories where id = target and deleted_at is null
  on conflict (story_id) do update
    set holder = excluded.holder, fence = excluded.fence, expires_at = excluded.expires_at, acquired_at = clock_timestamp()
    where held.expires_at <= clock_timestamp()
  returning fence;
$$;

-- False when the lease is gone: then its former holder must stop.
create function public.renew_story_lease(target uuid, held_fence bigint, ttl interval) returns boolean
language sql set search_path = '' as $$
  with renewed as (
    update public.story_leases set expires_at = clock_timestamp() + ttl
    where story_id = target and fence = held_fence and expires_at > clock_timestamp()
    returning 1
  )
  select exists (select from renewed);
$$;

create function public.release_story_lease(target uuid, held_fence bigint) returns void
language sql set search_path = '' as $$
  delete from public.story_leases where story_id = target and fence = held_fence;
$$;

-- Called first in every writing transaction. The key lock keeps the lease from changing hands until that commits, and
-- yet lets the holder renew meanwhile: a stronger lock would let many small writes starve the renewal.
create function public.assert_story_lease(target uuid, held_fence bigint) returns void
language plpgsql set search_path = '' as $$
begin
  perform 1 from public.story_leases
  where story_id = target and fence = held_fence and expires_at > clock_timestamp()
  for key share;
  if not found then
    raise exception 'the lease on story % is lost', target using errcode = 'ST001';
  end if;
end
$$;
