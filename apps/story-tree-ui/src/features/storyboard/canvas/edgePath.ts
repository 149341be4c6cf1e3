/** How far from its card an edge turns towards the children: those of one parent share a trunk. */
export const TRUNK = 26;

const CORNER = 12;

/** From the right side of a card to the left side of a child: out, along the trunk, and in, with round corners. */
export function edgePath(fromX: number, fromY: number, toX: number, toY: number): string {
  const trunk = fromX + TRUNK;
  const fall = toY - fromY;
  const corner = Math.min(CORNER, Math.abs(fall) / 2);
  if (corner < 0.5) return `M${fromX} ${fromY}H${toX}`;
  const turn = Math.sign(fall) * corner;
  return [
    `M${fromX} ${fromY}H${trunk - corner}`,
    `Q${trunk} ${fromY} ${trunk} ${fromY + turn}`,
    `V${toY - turn}`,
    `Q${trunk} ${toY} ${trunk + corner} ${toY}`,
    `H${toX}`,
  ].join('');
}
