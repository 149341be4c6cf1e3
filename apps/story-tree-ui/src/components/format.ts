const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** US dollars. Less than a cent is shown as such, unless `exact` asks for four decimals. */
export function formatMoney(usd: number, exact = false): string {
  if (exact) return `$${usd.toFixed(4)}`;
  if (usd > 0 && usd < 0.01) return '< $0.01';
  return `$${usd.toFixed(2)}`;
}

/** Milliseconds as "420 ms", "8 s", "3 min 12 s" or "2 h 5 min". */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < SECOND) return `${Math.max(0, Math.round(milliseconds))} ms`;
  if (milliseconds < MINUTE) return `${Math.floor(milliseconds / SECOND)} s`;
  if (milliseconds < HOUR) return pair(milliseconds, MINUTE, 'min', SECOND, 's');
  return pair(milliseconds, HOUR, 'h', MINUTE, 'min');
}

/** How long ago a moment was, seen from `now`: "just now", "5 min ago", "yesterday", "3 days ago", then the date. */
export function formatAge(moment: Date, now: Date): string {
  const age = now.getTime() - moment.getTime();
  if (age < MINUTE) return 'just now';
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min ago`;
  if (age < DAY) return `${Math.floor(age / HOUR)} h ago`;
  const days = Math.floor(age / DAY);
  if (days === 1) return 'yesterday';
  return days < 30 ? `${days} days ago` : formatDay(moment);
}

/** "20 Nov 2026", in UTC, so that server and browser agree. */
export function formatDay(moment: Date): string {
  return moment.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
}

function pair(milliseconds: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((milliseconds % large) / small);
  const whole = `${Math.floor(milliseconds / large)} ${largeUnit}`;
  return rest === 0 ? whole : `${whole} ${rest} ${smallUnit}`;
}
