-- As before, and a running task of one of the operations that are carried out once begun is not stopped: ST013.
create function public.cancel_story_task(
  target uuid, cancelled_lines jsonb, requested_lines jsonb, unstoppable_operations text[]
) returns public.story_tasks
language plpgsql set search_path = '' as $$
declare
  task public.story_tasks;
begin
  select * into task from public.story_tasks where id = target for no key update;
  if not found then
    raise exception 'there is no story task %', target using errcode = 'ST007';
  end if;
  if task.finished_at is not null then
    raise exception 'story task % has ended', target using errcode = 'ST003';
  end if;
  if task.status = 'queued' then
    update public.story_tasks set status = 'cancelled' where id = target;
    return public.append_story_task_events(target, cancelled_lines);
  end if;
  if task.operation = any (unstoppable_operations) then
    raise exception 'story task % is carried out', target using errcode = 'ST013';
  end if;
  if task.cancel_requested_at is not null then
    return task;
  end if;
  update public.story_tasks set cancel_requested_at = clock_timestamp() where id = target;
  return public.append_story_task_events(target, requested_lines);
end
$$;

drop function public.cancel_story_task(uuid, jsonb, jsonb);

revoke execute on function public.cancel_story_task(uuid, jsonb, jsonb, text[]) from public, anon, authenticated;
grant execute on function public.cancel_story_task(uuid, jsonb, jsonb, text[]) to service_role;
