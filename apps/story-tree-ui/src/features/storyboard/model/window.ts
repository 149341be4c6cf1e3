/** Which of many rows of equal height to put on the page: those in sight, some more, and the one that must be there. */
export function rowsInWindow(
  count: number,
  { top, height, rowHeight, spare }: { top: number; height: number; rowHeight: number; spare: number },
  always: number,
): number[] {
  const from = Math.max(0, Math.floor(top / rowHeight) - spare);
  const to = Math.min(count - 1, Math.ceil((top + height) / rowHeight) + spare);
  const rows: number[] = [];
  if (always >= 0 && always < Math.min(from, count)) rows.push(always);
  for (let row = from; row <= to; row += 1) rows.push(row);
  if (always > to && always < count) rows.push(always);
  return rows;
}
