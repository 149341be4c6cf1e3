-- What a worker does first with each task, in one round trip and one commit: it takes the lease on the task's story and,
-- unless the task has ended or is to stop, goes on to run it. Without a fence nothing is changed: somebody else has the
-- story, or it is gone.
create function public.take_up_story_task(
  target uuid, new_holder text, ttl interval, started_lines jsonb, resumed_lines jsonb
) returns table (fence bigint, earlier_status text, task public.story_tasks)
language plpgsql set search_path = '' as $$
declare
  story uuid;
  held bigint;
  earlier public.story_tasks;
begin
  select story_id into story from public.story_tasks where id = target;
  held := public.acquire_story_lease(story, new_holder, ttl);
  -- Only under the lease is it certain how far the last worker came.
  select * into earlier from public.story_tasks where id = target;
  if held is null or earlier.finished_at is not null or earlier.cancel_requested_at is not null then
    return query select held, earlier.status, earlier where earlier.id is not null;
    return;
  end if;
  update public.story_tasks set status = 'running' where id = target;
  -- Left by a worker that died in the middle of a turn.
  delete from public.story_task_drafts where task_id = target;
  return query select held, earlier.status, public.append_story_task_events(
    target, case earlier.status when 'queued' then started_lines else resumed_lines end
  );
end
$$;

revoke execute on function public.take_up_story_task(uuid, text, interval, jsonb, jsonb) from public, anon, authenticated;
grant execute on function public.take_up_story_task(uuid, text, interval, jsonb, jsonb) to service_role;
