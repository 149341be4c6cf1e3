-- Everything that is written of tasks, each in one round trip. Locks are always taken in this order: key, lease, story,
-- task, order of events.

-- Appends lines to a task's log in the order given; answers the task as it is then.
create function public.append_story_task_events(target uuid, lines jsonb) returns public.story_tasks
language plpgsql set search_path = '' as $$
declare
  task public.story_tasks;
begin
  insert into public.story_task_events (task_id, event_type, step, message, payload, progress_override)
  select target, line ->> 'eventType', line ->> 'step', line ->> 'message', nullif(line -> 'payload', 'null'),
    floor((line ->> 'progress')::numeric)::integer
  from jsonb_array_elements(lines) with ordinality as given (line, place)
  order by place;
  select * into task from public.story_tasks where id = target;
  return task;
end
$$;

-- The task that a key stands for: the new one, or an earlier one that was asked for in the same words within a day.
create function public.claim_story_task_key(new_task uuid, caller uuid, caller_key text, body_hash text) returns uuid
language plpgsql set search_path = '' as $$
declare
  earlier public.story_task_keys;
begin
  insert into public.story_task_keys as known (requested_by, key, request_hash, task_id)
  values (caller, caller_key, body_hash, new_task)
  on conflict (requested_by, key) do update
    set request_hash = excluded.request_hash, task_id = excluded.task_id, created_at = excluded.created_at
    where known.created_at < now() - interval '24 hours';
  if found then
    return new_task;
  end if;
  select * into earlier from public.story_task_keys where requested_by = caller and key = caller_key;
  if earlier.request_hash <> body_hash then
    raise exception 'the key was used for another request' using errcode = 'ST010';
  end if;
  return earlier.task_id;
end
$$;

-- Stores a task with its first lines. Raises ST009, with the id in its detail, while another task has the story.
create function public.insert_story_task(new_task uuid, story uuid, initial_status text, request jsonb, lines jsonb)
returns public.story_tasks
language plpgsql set search_path = '' as $$
declare
  is_exclusive constant boolean := (request ->> 'exclusive')::boolean;
  other uuid;
begin
  loop
    select id into other from public.story_tasks
    where is_exclusive and story_id = story and exclusive and status in ('queued', 'running');
    if found then
      raise exception 'story task % has story %', other, story using errcode = 'ST009', detail = other::text;
    end if;
    insert into public.story_tasks
      (id, story_id, operation, status, payload, display_fields, requested_by, exclusive)
    values (
      new_task, story, request ->> 'operation', initial_status, request -> 'payload', request -> 'displayFields',
      (request ->> 'requestedBy')::uuid, is_exclusive
    )
    on conflict (story_id) where exclusive and status in ('queued', 'running') do nothing;
    -- Otherwise somebody was faster in this very moment: look again who it is.
    exit when found;
  end loop;
  return public.append_story_task_events(new_task, lines);
end
$$;

-- A queued task of a story that exists; created is false when the caller's key stands for an earlier one.
create function public.enqueue_story_task(story uuid, request jsonb, lines jsonb)
returns table (created boolean, task public.story_tasks)
language plpgsql set search_path = '' as $$
declare
  new_task constant uuid := gen_random_uuid();
  claimed uuid := new_task;
begin
  if request ? 'idempotency' then
    claimed := public.claim_story_task_key(
      new_task, (request ->> 'requestedBy')::uuid,
      request #>> '{idempotency,key}', request #>> '{idempotency,requestHash}'
    );
  end if;
  if claimed <> new_task then
    return query select false, earlier from public.story_tasks as earlier where earlier.id = claimed;
    return;
  end if;
  if story is not null then
    -- Shared, so that the story is not marked as deleted before the task is there.
    perform 1 from public.stories where id = story and deleted_at is null for share;
    if not found then
      raise exception 'there is no story %', story using errcode = 'ST008';
    end if;
  end if;
  return query select true, public.insert_story_task(new_task, story, 'queued', request, lines);
end
$$;

-- First in every write of a worker: raises when there is no such task, or when the lease on its story is lost. Without a
-- fence, the write is bound to no lease.
create function public.hold_story_task(target uuid, held_fence bigint) returns void
language plpgsql set search_path = '' as $$
declare
  story uuid;
begin
  select story_id into story from public.story_tasks where id = target;
  if not found then
    raise exception 'there is no story task %', target using errcode = 'ST007';
  end if;
  if held_fence is not null then
    perform public.assert_story_lease(story, held_fence);
  end if;
end
$$;

create function public.start_story_task(target uuid, held_fence bigint, lines jsonb) returns public.story_tasks
language plpgsql set search_path = '' as $$
begin
  perform public.hold_story_task(target, held_fence);
  update public.story_tasks set status = 'running' where id = target;
  -- Left by a worker that died in the middle of a turn.
  delete from public.story_task_drafts where task_id = target;
  return public.append_story_task_events(target, lines);
end
$$;

create function public.record_story_task_events(target uuid, held_fence bigint, lines jsonb) returns public.story_tasks
language plpgsql set search_path = '' as $$
begin
  perform public.hold_story_task(target, held_fence);
  perform 1 from public.story_tasks where id = target and finished_at is null for no key update;
  if not found then
    raise exception 'story task % has ended', target using errcode = 'ST003';
  end if;
  return public.append_story_task_events(target, lines);
end
$$;

create function public.finish_story_task(
  target uuid, held_fence bigint, final_status text, failure jsonb, lines jsonb
) returns public.story_tasks
language plpgsql set search_path = '' as $$
begin
  perform public.hold_story_task(target, held_fence);
  update public.story_tasks set status = final_status, error = failure where id = target;
  delete from public.story_task_drafts where task_id = target;
  return public.append_story_task_events(target, lines);
end
$$;

-- A queued task ends, with the first line; a running one is asked to stop, with the second, unless it has been already.
create function public.cancel_story_task(target uuid, cancelled_lines jsonb, requested_lines jsonb)
returns public.story_tasks
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
  if task.cancel_requested_at is not null then
    return task;
  end if;
  update public.story_tasks set cancel_requested_at = clock_timestamp() where id = target;
  return public.append_story_task_events(target, requested_lines);
end
$$;

-- Drafts come many times a second, so the lease is only looked at: a lock on it would be written to disk each time.
create function public.draft_story_task(target uuid, held_fence bigint, new_turn integer, new_text text) returns void
language plpgsql set search_path = '' as $$
declare
  task public.story_tasks;
begin
  select * into task from public.story_tasks where id = target;
  if held_fence is not null and not exists (
    select from public.story_leases
    where story_id = task.story_id and fence = held_fence and expires_at > clock_timestamp()
  ) then
    raise exception 'the lease on story % is lost', task.story_id using errcode = 'ST001';
  end if;
  if new_text is null then
    delete from public.story_task_drafts where task_id = target;
  elsif task.status = 'running' then
    insert into public.story_task_drafts (task_id, story_id, turn, text)
    values (target, task.story_id, new_turn, new_text)
    on conflict (task_id) do update set turn = excluded.turn, text = excluded.text;
  end if;
end
$$;
