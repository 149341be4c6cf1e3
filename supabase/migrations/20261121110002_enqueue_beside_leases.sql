-- As before, and in the same round trip: an exclusive task is refused, with ST011 and the holder in its detail, while
-- somebody who is no task writes to the story. A task signs its lease as "task <id>"; another task is told by ST009.
create or replace function public.enqueue_story_task(story uuid, request jsonb, lines jsonb)
returns table (created boolean, task public.story_tasks)
language plpgsql set search_path = '' as $$
declare
  new_task constant uuid := gen_random_uuid();
  claimed uuid := new_task;
  writer text;
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
  if (request ->> 'exclusive')::boolean then
    select holder into writer from public.story_leases
    where story_id = story and expires_at > clock_timestamp() and holder not like 'task %';
    if found then
      raise exception 'the % writes to story %', writer, story using errcode = 'ST011', detail = writer;
    end if;
  end if;
  return query select true, public.insert_story_task(new_task, story, 'queued', request, lines);
end
$$;
