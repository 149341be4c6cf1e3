import CircleDashed from 'lucide-react/icons/circle-dashed';
import CornerDownRight from 'lucide-react/icons/corner-down-right';
import Flag from 'lucide-react/icons/flag';
import Split from 'lucide-react/icons/split';
import type { Icon, Tone } from '../../../components/index.ts';
import type { CardKind } from '../model/card.ts';

interface KindLook {
  /** Null where there is nothing to point out. */
  word: string | null;
  icon: Icon;
  tone: Tone;
  /** The token that the structure is drawn with. */
  colour: string;
}

/** How each kind of scenelet reads and looks, on cards, in the outline and in the structure. */
export const KIND_LOOK: Record<CardKind, KindLook> = {
  branch: { word: 'Choice', icon: Split, tone: 'accent', colour: '--accent' },
  ending: { word: 'Ending', icon: Flag, tone: 'good', colour: '--busy' },
  open: { word: 'Incomplete', icon: CircleDashed, tone: 'warn', colour: '--warn' },
  step: { word: null, icon: CornerDownRight, tone: 'neutral', colour: '--line-strong' },
};
