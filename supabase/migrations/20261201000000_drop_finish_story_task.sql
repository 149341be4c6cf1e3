-- end_story_task does all of it since it does so in one go; nothing calls this any more.
drop function public.finish_story_task(uuid, bigint, text, jsonb, jsonb);
