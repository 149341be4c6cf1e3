import { HIGHEST_LIMIT_USD } from '@story-tree/domain';
import { Field, Input } from '../../components/index.ts';

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
      hint="In US dollars. No call is made that would exceed it; what has been made is kept and can be continued."
      error={complaintOf(limitOf(value)) ?? complaint}
    >
      <Input inputMode="decimal" autoComplete="off" value={value} onChange={(event) => onChange(event.target.value)} />
    </Field>
  );
}

/** What a person entered as the most that a run may cost: part of a payload, or what is wrong with it. */
export type Limit = { maxCost?: number } | { complaint: string };

/** An empty text means no limit. The cents may follow a comma. */
export function limitOf(text: string): Limit {
  const written = text
    .trim()
    .replace(/^\$\s*/, '')
    .replace(',', '.');
  if (written === '') return {};
  const amount = Number(written);
  if (amount > 0 && amount <= HIGHEST_LIMIT_USD) return { maxCost: amount };
  return { complaint: `Enter an amount above 0, up to ${HIGHEST_LIMIT_USD}, or leave it empty for no limit.` };
}

/** What is wrong with it, or null. */
export function complaintOf(limit: Limit): string | null {
  return 'complaint' in limit ? limit.complaint : null;
}
