-- Of tasks and their logs, pages show these columns: no others are published. Supabase Realtime hands on what its subscriber
-- may read, whatever the publication lists, so people who signed in may read these alone.
do $$
declare
  name text;
  columns text;
  takes_lists boolean;
begin
  -- A publication for all tables, or for all of a schema, takes no list.
  select not puballtables and not exists (select from pg_publication_namespace where pnpubid = pg_publication.oid)
    into takes_lists from pg_publication where pubname = 'supabase_realtime';
  for name, columns in values
    ('story_tasks', 'id, story_id, operation, status, progress, display_fields, requested_by, error, cancel_requested_at,
      created_at, started_at, finished_at'),
    ('story_task_events', 'id, task_id, story_id, event_type, step, message, payload, created_at')
  loop
    execute format('revoke select on public.%I from authenticated', name);
    execute format('grant select (%s) on public.%I to authenticated', columns, name);
    if takes_lists then
      if exists (
        select from pg_publication_rel join pg_publication on pg_publication.oid = prpubid
        where pubname = 'supabase_realtime' and prrelid = format('public.%I', name)::regclass
      ) then
        execute format('alter publication supabase_realtime drop table public.%I', name);
      end if;
      execute format('alter publication supabase_realtime add table public.%I (%s)', name, columns);
    end if;
  end loop;
end
$$;
