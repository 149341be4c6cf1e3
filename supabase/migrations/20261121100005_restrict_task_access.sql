-- As for all tables: anon sees nothing, people who signed in may read, only the service role writes. Keys are their callers'
-- own affair, and nobody changes or removes what the log says.
do $$
declare
  name text;
begin
  foreach name in array array['story_tasks', 'story_task_events', 'story_task_keys', 'story_task_drafts'] loop
    execute format('alter table public.%I enable row level security', name);
    execute format('revoke all on public.%I from public, anon, authenticated, service_role', name);
    execute format('grant select, insert on public.%I to service_role', name);
  end loop;
  foreach name in array array['story_tasks', 'story_task_keys', 'story_task_drafts'] loop
    execute format('grant update, delete on public.%I to service_role', name);
  end loop;
  foreach name in array array['story_tasks', 'story_task_events', 'story_task_drafts'] loop
    execute format('grant select on public.%I to authenticated', name);
    execute format('create policy read_when_signed_in on public.%I for select to authenticated using (true)', name);
  end loop;
end
$$;

revoke all on sequence public.story_task_event_ids from public, anon, authenticated;
grant usage, select on sequence public.story_task_event_ids to service_role;

do $$
declare
  signature text;
begin
  foreach signature in array array[
    'touch_updated_at()', 'refuse_update()', 'begin_story_task()', 'change_story_task()', 'keep_active_story_task()',
    'notify_story_task_cancel()', 'place_story_task_event()', 'keep_story_task_event()', 'notify_story_task_events()',
    'notify_story_task_draft()', 'end_story_task_draft()', 'append_story_task_events(uuid, jsonb)',
    'claim_story_task_key(uuid, uuid, text, text)', 'insert_story_task(uuid, uuid, text, jsonb, jsonb)',
    'enqueue_story_task(uuid, jsonb, jsonb)', 'hold_story_task(uuid, bigint)', 'start_story_task(uuid, bigint, jsonb)',
    'record_story_task_events(uuid, bigint, jsonb)', 'finish_story_task(uuid, bigint, text, jsonb, jsonb)',
    'cancel_story_task(uuid, jsonb, jsonb)', 'draft_story_task(uuid, bigint, integer, text)'
  ] loop
    execute format('revoke execute on function public.%s from public, anon, authenticated', signature);
    execute format('grant execute on function public.%s to service_role', signature);
  end loop;
end
$$;
