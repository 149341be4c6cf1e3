import { Badge } from '../../../components/index.ts';
import type { CardKind } from '../model/card.ts';
import { KIND_LOOK } from './kindLook.ts';

/** What kind of scenelet it is, where that is worth a word. */
export function KindBadge({ kind }: { kind: CardKind }) {
  const { word, icon, tone } = KIND_LOOK[kind];
  if (word === null) return null;
  return (
    <Badge tone={tone} icon={icon}>
      {word}
    </Badge>
  );
}
