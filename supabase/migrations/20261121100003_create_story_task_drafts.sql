-- What a model has said so far in a turn of a chat. Written many times a second and worth nothing after a crash.
create unlogged table public.story_task_drafts (
  task_id uuid primary key references public.story_tasks (id) on delete cascade,
  story_id uuid not null,
  turn integer not null check (turn > 0),
  text text not null
);

create function public.notify_story_task_draft() returns trigger
language plpgsql set search_path = '' as $$
begin
  perform pg_notify('story_task_drafts', new.task_id::text);
  return null;
end
$$;

create trigger story_task_drafts_notify after insert or update on public.story_task_drafts
for each row execute function public.notify_story_task_draft();

-- In one transaction with the turn's line in the log: whoever has read that line never finds the draft any more.
create function public.end_story_task_draft() returns trigger
language plpgsql set search_path = '' as $$
begin
  delete from public.story_task_drafts where task_id = new.task_id;
  return null;
end
$$;

create trigger story_task_events_end_draft after insert on public.story_task_events
for each row when (new.event_type = 'chat_message') execute function public.end_story_task_draft();
