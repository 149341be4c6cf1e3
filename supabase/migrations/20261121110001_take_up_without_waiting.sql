-- What a worker does first with each task, in one round trip and without waiting for the disk: it takes the lease on the
-- task's story and, unless the task has ended or is to stop, goes on to run it. The story comes along as it is under the
-- lease. Without a fence nothing is changed: somebody else has the story, or it is gone. The line that says so in the log
-- comes with the worker's next write.
--
-- Nothing is lost with what a crash may undo here. Whatever is written later under the lease goes to the disk after this
-- and takes it along; so if this is gone, then nothing was written, and the task is queued as before. The worker finds its
-- lease gone, and the task is taken up again. Nor did any reader of the log see what is no longer there: no line is
-- written here, and those that are have reached the disk before anybody can see them.
drop function public.take_up_story_task(uuid, text, interval, jsonb, jsonb);

create function public.take_up_story_task(target uuid, new_holder text, ttl interval)
returns table (fence bigint, earlier_status text, task public.story_tasks, story jsonb)
language plpgsql set search_path = '' as $$
declare
  story_of_task uuid;
  held bigint;
  found_task public.story_tasks;
  status_before text;
begin
  perform set_config('synchronous_commit', 'off', true);
  select story_id into story_of_task from public.story_tasks where id = target;
  held := public.acquire_story_lease(story_of_task, new_holder, ttl);
  -- Only under the lease is it certain how far the last worker came.
  select * into found_task from public.story_tasks where id = target;
  if not found then
    return;
  end if;
  status_before := found_task.status;
  if held is not null and found_task.finished_at is null and found_task.cancel_requested_at is null then
    if status_before = 'queued' then
      update public.story_tasks set status = 'running' where id = target returning * into found_task;
    else
      -- Left by a worker that died in the middle of a turn.
      delete from public.story_task_drafts where task_id = target;
    end if;
  end if;
  return query select held, status_before, found_task, (
    select to_jsonb(stories) from public.stories where id = story_of_task and held is not null
  );
end
$$;

revoke execute on function public.take_up_story_task(uuid, text, interval) from public, anon, authenticated;
grant execute on function public.take_up_story_task(uuid, text, interval) to service_role;
