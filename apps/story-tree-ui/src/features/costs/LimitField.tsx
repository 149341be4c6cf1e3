import { Field, Input } from '../../components/index.ts';
import { limitOf } from './limit.ts';

/** The most that a run may cost. */
export function LimitField({
  value,
  onChange,
  complaint,
}: {
  value: string;
  onChange(value: string): void;
  /** What the server says about it. */
  complaint?: string | undefined;
}) {
  const limit = limitOf(value);
  return (
    <Field
      label="Spend at most"
      optional
      hint="In US dollars. No call is begun that would pass it; what was made is kept, and can be gone on with."
      error={'complaint' in limit ? limit.complaint : complaint}
    >
      <Input inputMode="decimal" autoComplete="off" value={value} onChange={(event) => onChange(event.target.value)} />
    </Field>
  );
}
