import CircleDashed from 'lucide-react/icons/circle-dashed';
import CornerDownRight from 'lucide-react/icons/corner-down-right';
import Flag from 'lucide-react/icons/flag';
import Split from 'lucide-react/icons/split';
import { Badge, type Icon, type Tone } from '../../../components/index.ts';
import type { CardKind } from '../model/card.ts';

interface KindLook {
  /** Null where there is nothing to point out. */
  word: string | null;
  icon: Icon;
  tone: Tone;
  /** The class of the icon's colour. */
  ink: string;
}

/** The name and look of each kind of scenelet, on cards, in the outline and in the statistics. */
export const KIND_LOOK: Record<CardKind, KindLook> = {
  branch: { word: 'Choice', icon: Split, tone: 'accent', ink: 'text-accent' },
  ending: { word: 'Ending', icon: Flag, tone: 'good', ink: 'text-good' },
  open: { word: 'Incomplete', icon: CircleDashed, tone: 'warn', ink: 'text-warn' },
  step: { word: null, icon: CornerDownRight, tone: 'neutral', ink: 'text-ink-faint' },
};

/** The kind of a scenelet, where it is worth mentioning. */
export function KindBadge({ kind }: { kind: CardKind }) {
  const { word, icon, tone } = KIND_LOOK[kind];
  if (word === null) return null;
  return (
    <Badge tone={tone} icon={icon}>
      {word}
    </Badge>
  );
}
