import type { Database } from '@story-tree/supabase';

/** The table of all changes to model calls since it was last emptied, in the order they happened, whatever the clock says. */
export const CALL_CHANGES = 'torture.call_changes';

/** Makes a migrated database record these changes. It delays nothing, and the product does not know of it. */
export async function noteCallChanges({ pool }: Database): Promise<void> {
  await pool.query(`
    create schema torture;
    create table ${CALL_CHANGES} (place bigserial primary key, call_id uuid not null, status text not null);
    create index on ${CALL_CHANGES} (call_id);
    create function torture.note_call_change() returns trigger language plpgsql as $$
    begin
      insert into ${CALL_CHANGES} (call_id, status) values (new.id, new.status);
      return null;
    end
    $$;
    create trigger note_call_change after insert or update of status on public.model_calls
    for each row execute function torture.note_call_change();
  `);
}

export async function forgetCallChanges({ pool }: Database): Promise<void> {
  await pool.query(`truncate ${CALL_CHANGES}`);
}
