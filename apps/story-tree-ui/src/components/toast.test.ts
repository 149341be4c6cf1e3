import { expect, it, vi } from 'vitest';
import { areToastsWanted, onToastsWanted, showToastsWith, toast } from './toast.ts';

it('keeps toasts until there is a place for them, and none after that', () => {
  const wanted = vi.fn();
  onToastsWanted(wanted);
  expect(areToastsWanted()).toBe(false);
  toast.success('Renamed');
  toast.error('Refused', { description: 'It is busy.' });
  expect(wanted).toHaveBeenCalled();
  expect(areToastsWanted()).toBe(true);

  const show = vi.fn();
  showToastsWith(show);
  toast.info('Connected');

  expect(show.mock.calls.map(([{ level, title }]) => [level, title])).toEqual([
    ['success', 'Renamed'],
    ['error', 'Refused'],
    ['info', 'Connected'],
  ]);
});
