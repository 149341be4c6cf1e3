-- Until here the log of a task went with the task, and what a story had cost went with the story.

-- What was spent stays when a story goes. Only what was said to the models and what they replied goes with it.
alter table public.model_calls drop constraint model_calls_story_id_fkey;

create function public.keep_spending() returns trigger
language plpgsql set search_path = '' as $$
begin
  update public.model_calls set
    status = case when status = 'started' then 'interrupted' else status end,
    request = '{}',
    reply_text = case when reply_text is not null then '' end
  where story_id = old.id;
  return old;
end
$$;
create trigger stories_keep_spending before delete on public.stories
  for each row execute function public.keep_spending();

-- Lines go with their task, and otherwise only when they are forgotten.
create or replace function public.keep_story_task_event() returns trigger
language plpgsql set search_path = '' as $$
begin
  if pg_trigger_depth() = 1 and current_setting('story_tree.forgets_logs', true) is distinct from 'on' then
    raise exception 'story_task_events is append-only' using errcode = 'ST002';
  end if;
  return old;
end
$$;

-- Forgets lines of tasks that ended longer ago than that, so many at most, and returns how many. What was said in a chat
-- stays, and so does the last line of each task, which says how it ended. With the rights of its owner: nobody else may
-- remove lines.
create function public.forget_story_task_events(kept interval, at_most integer) returns integer
language plpgsql security definer set search_path = '' as $$
declare
  forgotten integer;
begin
  perform set_config('story_tree.forgets_logs', 'on', true);
  delete from public.story_task_events where id in (
    select event.id from public.story_tasks as task
    cross join lateral (select max(id) as id from public.story_task_events where task_id = task.id) as newest
    join public.story_task_events as event on event.task_id = task.id and event.id < newest.id
    where task.finished_at < now() - kept and event.event_type <> 'chat_message'
    limit at_most
  );
  get diagnostics forgotten = row_count;
  perform set_config('story_tree.forgets_logs', '', true);
  return forgotten;
end
$$;

revoke execute on function public.keep_spending() from public, anon, authenticated;
revoke execute on function public.forget_story_task_events(interval, integer) from public, anon, authenticated;
grant execute on function public.forget_story_task_events(interval, integer) to service_role;
