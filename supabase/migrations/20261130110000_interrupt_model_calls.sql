-- A call whose maker lost the story before the outcome was known: it may have been billed, and nobody waits for it.
alter table public.model_calls drop constraint model_calls_status_check;
alter table public.model_calls add constraint model_calls_status_check
  check (status in ('started', 'committed', 'failed', 'discarded', 'interrupted'));

-- SHA-256 of the file that the reply became. A file with other bytes is another reply's; those of before this have none.
alter table public.model_calls add column reply_sha256 text;

-- The order in which calls were begun; clocks may be set back.
alter table public.model_calls add column number bigint;
update public.model_calls set number = begun.place
from (select id, row_number() over (order by started_at, id) as place from public.model_calls) as begun
where begun.id = model_calls.id;
alter table public.model_calls alter column number set not null;
alter table public.model_calls alter column number add generated always as identity;
select setval(
  pg_get_serial_sequence('public.model_calls', 'number'),
  (select coalesce(max(number), 0) + 1 from public.model_calls), false
);
revoke all on sequence public.model_calls_number_seq from public, anon, authenticated;

create index model_calls_under_way on public.model_calls (story_id) where status = 'started';

-- Whoever makes calls holds the story. So when it changes hands or is given back, nothing of it is under way any more,
-- and what its former holder is answered late is refused by the fence.
create function public.interrupt_model_calls() returns trigger
language plpgsql set search_path = '' as $$
begin
  update public.model_calls set status = 'interrupted'
  where story_id = coalesce(new.story_id, old.story_id) and status = 'started';
  return null;
end
$$;

create trigger interrupt_model_calls_of_nobody after insert or delete on public.story_leases
  for each row execute function public.interrupt_model_calls();
create trigger interrupt_model_calls_of_others after update of fence on public.story_leases
  for each row when (old.fence is distinct from new.fence) execute function public.interrupt_model_calls();

update public.model_calls set status = 'interrupted'
where status = 'started' and not exists (select from public.story_leases where story_id = model_calls.story_id);

revoke execute on function public.interrupt_model_calls() from public, anon, authenticated;
grant execute on function public.interrupt_model_calls() to service_role;
