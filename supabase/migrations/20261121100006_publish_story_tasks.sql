-- What Supabase Realtime hands to its subscribers. Supabase brings the publication along; elsewhere it is made here.
do $$
begin
  if not exists (select from pg_publication where pubname = 'supabase_realtime') then
    create publication supabase_realtime;
  end if;
  -- One for all tables has these already, and takes no list.
  if not (select puballtables from pg_publication where pubname = 'supabase_realtime') then
    alter publication supabase_realtime add table public.story_tasks, public.story_task_events;
  end if;
end
$$;
