import { Field, Input } from '../../components/index.ts';
import { complaintOf, limitOf } from './limit.ts';

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
  return (
    <Field
      label="Spend at most"
      optional
      hint="In US dollars. No call is begun that would pass it; what was made is kept, and can be gone on with."
      error={complaintOf(limitOf(value)) ?? complaint}
    >
      <Input inputMode="decimal" autoComplete="off" value={value} onChange={(event) => onChange(event.target.value)} />
    </Field>
  );
}
