-- Until here whoever had signed in read all that the tables had. A deleted story is missing to everybody but the task API,
-- which reads with the service role; and a person who signed in as nobody in particular has not signed in.
do $$
declare
  name text;
  -- Once for each statement, not for each row.
  is_somebody constant text :=
    $e$(select nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'is_anonymous') is distinct from 'true'$e$;
begin
  execute format('alter policy read_when_signed_in on public.stories using (deleted_at is null and %s)', is_somebody);
  -- What belongs to a story is seen by whoever sees the story.
  foreach name in array array[
    'constitution_versions', 'scenelets', 'shots', 'reference_images', 'story_leases', 'model_calls', 'model_call_texts'
  ] loop
    execute format(
      'alter policy read_when_signed_in on public.%I using (exists (select from public.stories where id = story_id))', name
    );
  end loop;
  -- The end of a deletion has to reach those who watch it. Such a task names nothing of its story.
  execute format(
    $e$alter policy read_when_signed_in on public.story_tasks using (
      exists (select from public.stories where id = story_id)
      or (%s and (story_id is null or operation = 'DELETE_STORY'))
    )$e$, is_somebody
  );
  foreach name in array array['story_task_events', 'story_task_drafts'] loop
    execute format(
      'alter policy read_when_signed_in on public.%I using (exists (select from public.story_tasks where id = task_id))', name
    );
  end loop;
end
$$;
