import { type Configuration, shownValue } from '@story-tree/runtime';
import type { Finding } from './finding.ts';

const what = 'Settings';

/** Which variables are set, to what and where, and what was set without effect. */
export function checkSettings({ settings, warnings }: Configuration): Finding[] {
  const others = { what, ok: true, detail: `${settings.length === 0 ? 'all' : 'all others'} have their defaults` };
  return [
    ...settings.map(({ name, value, place }) => ({
      what: name,
      ok: true,
      detail: `${shownValue(name, value)}, from ${place}`,
    })),
    others,
    ...warnings.map((detail) => ({ what, ok: false, detail })),
  ];
}
