-- A task ends and gives its story back, in one commit: whoever hears of the end finds the story free. The lease goes first,
-- since locks are taken in the order of lease, task, events; it comes back if the task cannot be ended.
create function public.end_story_task(
  target uuid, held_fence bigint, final_status text, failure jsonb, lines jsonb
) returns public.story_tasks
language plpgsql set search_path = '' as $$
begin
  perform public.hold_story_task(target, held_fence);
  delete from public.story_leases where fence = held_fence;
  return public.finish_story_task(target, null, final_status, failure, lines);
end
$$;

revoke execute on function public.end_story_task(uuid, bigint, text, jsonb, jsonb) from public, anon, authenticated;
grant execute on function public.end_story_task(uuid, bigint, text, jsonb, jsonb) to service_role;
