-- The order in which calls were begun. Their times do not tell it: a clock may have been set back in between, and then the
-- reply that counts for a request would be an older one, whose file another has replaced since.
alter table public.model_calls add column place bigint;

update public.model_calls as known set place = counted.place
from (select id, row_number() over (order by started_at, id) as place from public.model_calls) as counted
where counted.id = known.id;

create sequence public.model_call_places as bigint owned by public.model_calls.place;
select setval('public.model_call_places', coalesce(max(place), 0) + 1, false) from public.model_calls;

alter table public.model_calls
  alter column place set default nextval('public.model_call_places'),
  alter column place set not null;

create index model_calls_in_order on public.model_calls (story_id, place);
drop index public.model_calls_by_story;

revoke all on sequence public.model_call_places from public, anon, authenticated;
grant usage, select on sequence public.model_call_places to service_role;
