-- Asking for a task, with all that is to happen at once, in one statement. Nobody can write an event while another holds the
-- lock of their order, so no client may ever be the one that everybody waits for: the lock is taken and given back within
-- the server. Where a transaction of several statements takes it all the same, the server ends that when nothing comes
-- from its client for two seconds.
create or replace function public.place_story_task_event() returns trigger
language plpgsql set search_path = '' as $$
declare
  task public.story_tasks;
begin
  select * into task from public.story_tasks where id = new.task_id for no key update;
  if not found then
    raise exception 'there is no story task %', new.task_id using errcode = 'ST007';
  end if;
  if new.progress_override > task.progress and task.finished_at is null then
    update public.story_tasks set progress = new.progress_override where id = task.id;
  end if;
  perform set_config('idle_in_transaction_session_timeout', '2s', true);
  perform pg_advisory_xact_lock(5371026003);
  new.id := nextval('public.story_task_event_ids');
  new.story_id := task.story_id;
  new.created_at := clock_timestamp();
  return new;
end
$$;

-- The task, or the run of the command line, that made a version; null where that is not known.
alter table public.constitution_versions add column run_id uuid;

-- Of the chats so far, the log says which version each has made. One that is under way has not said it yet; no other chat
-- can have been, so a version that is younger than it is its own.
alter table public.constitution_versions disable trigger user;
update public.constitution_versions as made set run_id = event.task_id
from public.story_task_events as event
where event.story_id = made.story_id and event.step = 'succeeded' and made.origin = 'chat'
  and event.payload -> 'changed' = 'true' and event.payload -> 'constitutionVersion' = to_jsonb(made.version);
update public.constitution_versions as made set run_id = task.id
from public.story_tasks as task
where task.story_id = made.story_id and task.operation = 'CONSTITUTION_CHAT_UPDATE' and task.status = 'running'
  and made.origin = 'chat' and made.run_id is null and made.created_at >= task.created_at;
alter table public.constitution_versions enable trigger user;

create function public.create_story(story jsonb) returns public.stories
language sql set search_path = '' as $$
  insert into public.stories (display_name, named_by_person, initial_prompt, creation_options, mode)
  values (
    story ->> 'displayName', (story ->> 'namedByPerson')::boolean, story ->> 'initialPrompt',
    story -> 'creationOptions', story ->> 'mode'
  )
  returning *;
$$;

create function public.rename_story(target uuid, new_name text) returns void
language plpgsql set search_path = '' as $$
begin
  update public.stories set display_name = new_name, named_by_person = true where id = target and deleted_at is null;
  if not found then
    raise exception 'there is no story %', target using errcode = 'ST008';
  end if;
end
$$;

-- Under the lock of the story's row, so that two never count at once. Answers the version's number.
create function public.append_constitution_version(target uuid, new_text text, new_origin text, maker uuid)
returns integer
language sql set search_path = '' as $$
  insert into public.constitution_versions (story_id, version, markdown, origin, run_id)
  select target, coalesce(max(version), 0) + 1, new_text, new_origin, maker
  from public.constitution_versions where story_id = target
  returning version;
$$;

-- Gives a story another constitution, as a new version, and answers the version's number.
create function public.revise_constitution(target uuid, new_text text, new_origin text, maker uuid) returns integer
language plpgsql set search_path = '' as $$
begin
  update public.stories set story_constitution = new_text where id = target and deleted_at is null;
  if not found then
    raise exception 'there is no story %', target using errcode = 'ST008';
  end if;
  return public.append_constitution_version(target, new_text, new_origin, maker);
end
$$;

-- Brings an earlier version back, as the one writer of the story for as long as that takes, and answers the number that it
-- has now.
create function public.restore_constitution(target uuid, wanted integer, maker uuid) returns integer
language plpgsql set search_path = '' as $$
declare
  held bigint := public.acquire_story_lease(target, 'web app', interval '15 seconds');
  writer text;
  earlier text;
  newest integer;
begin
  if held is null then
    select holder into writer from public.story_leases where story_id = target;
    if not found or not exists (select from public.stories where id = target and deleted_at is null) then
      raise exception 'there is no story %', target using errcode = 'ST008';
    end if;
    raise exception 'the % writes to story %', writer, target using errcode = 'ST011', detail = writer;
  end if;
  select markdown into earlier from public.constitution_versions where story_id = target and version = wanted;
  if not found then
    raise exception 'story % has no version %', target, wanted using errcode = 'ST012';
  end if;
  newest := public.revise_constitution(target, earlier, 'restored', maker);
  delete from public.story_leases where fence = held;
  return newest;
end
$$;

-- What a caller asks for: the change that is made with the task, if any, and the task, with its first lines. The caller's key
-- comes before all else: whatever would be refused by now was granted then. created is false when the key stands for an
-- earlier task. An exclusive task is refused, with ST011 and the holder in its detail, while somebody who is no task
-- writes to the story; a task signs its lease as "task <id>", and is told by ST009.
create function public.submit_story_task(request jsonb, initial_status text, change jsonb, lines jsonb)
returns table (created boolean, task public.story_tasks)
language plpgsql set search_path = '' as $$
declare
  new_task constant uuid := gen_random_uuid();
  claimed uuid := new_task;
  story uuid := (request ->> 'storyId')::uuid;
  writer text;
  restored integer;
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
  case change ->> 'kind'
    when 'create-story' then
      story := (public.create_story(change -> 'story')).id;
    when 'rename-story' then
      perform public.rename_story(story, change ->> 'displayName');
    when 'restore-constitution' then
      restored := public.restore_constitution(story, (change ->> 'version')::integer, new_task);
      lines := jsonb_set(
        jsonb_set(lines, '{-1,message}', to_jsonb(format(lines #>> '{-1,message}', restored))),
        '{-1,payload}', jsonb_build_object('version', restored)
      );
    else
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
  end case;
  return query select true, public.insert_story_task(new_task, story, initial_status, request, lines);
end
$$;

drop function public.enqueue_story_task(uuid, jsonb, jsonb);

do $$
declare
  signature text;
begin
  foreach signature in array array[
    'create_story(jsonb)', 'rename_story(uuid, text)', 'append_constitution_version(uuid, text, text, uuid)',
    'revise_constitution(uuid, text, text, uuid)',
    'restore_constitution(uuid, integer, uuid)', 'submit_story_task(jsonb, text, jsonb, jsonb)'
  ] loop
    execute format('revoke execute on function public.%s from public, anon, authenticated', signature);
    execute format('grant execute on function public.%s to service_role', signature);
  end loop;
end
$$;
