-- anon sees nothing, people who signed in may read, only the service role writes.
do $$
declare
  name text;
begin
  foreach name in array array[
    'stories', 'constitution_versions', 'scenelets', 'shots', 'reference_images', 'story_leases', 'model_calls',
    'model_call_texts'
  ] loop
    execute format('alter table public.%I enable row level security', name);
    execute format('revoke all on public.%I from anon, authenticated, public', name);
    execute format('grant select on public.%I to authenticated', name);
    execute format('grant all on public.%I to service_role', name);
    execute format('create policy read_when_signed_in on public.%I for select to authenticated using (true)', name);
  end loop;
end
$$;

revoke all on sequence public.story_lease_fences from anon, authenticated, public;
grant usage on sequence public.story_lease_fences to service_role;

do $$
declare
  signature text;
begin
  foreach signature in array array[
    'acquire_story_lease(uuid, text, interval)', 'renew_story_lease(uuid, bigint, interval)',
    'release_story_lease(uuid, bigint)', 'assert_story_lease(uuid, bigint)'
  ] loop
    execute format('revoke execute on function public.%s from public, anon, authenticated', signature);
    execute format('grant execute on function public.%s to service_role', signature);
  end loop;
end
$$;
