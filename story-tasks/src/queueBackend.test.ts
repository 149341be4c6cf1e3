import { expect, it } from 'vitest';
import { createConnectionLog } from './queueBackend.ts';

it('tells once that a connection is lost, and once that it is back', () => {
  const said: string[] = [];
  const connection = createConnectionLog((level, _message, fields) => said.push(`${level} ${fields?.reason ?? ''}`));
  connection.onBack(() => said.push('back'));
  connection.works();
  connection.lost(new AggregateError([new Error('refused'), new Error('refused, too')]));
  connection.lost(new Error('still refused'));
  connection.works();
  connection.works();
  connection.lost('gone');
  expect(said).toEqual(['warn refused, refused, too', 'info ', 'back', 'warn gone']);
});
