'use client';

import FoldHorizontal from 'lucide-react/icons/fold-horizontal';
import ListTree from 'lucide-react/icons/list-tree';
import Maximize2 from 'lucide-react/icons/maximize-2';
import Minimize2 from 'lucide-react/icons/minimize-2';
import Search from 'lucide-react/icons/search';
import UnfoldHorizontal from 'lucide-react/icons/unfold-horizontal';
import { Button, IconButton, Kbd } from '../../../components/index.ts';
import type { Stage } from '../useStage.ts';
import { KeysHelp } from './Keys.tsx';
import { Statistics } from './Statistics.tsx';

/** The bar above the canvas. */
export function CanvasTools({ stage }: { stage: Stage }) {
  const { storyboard, isSearching, isOutlineShown, isLarge } = stage;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-b bg-sheet px-2 py-1.5">
      <div className="flex items-center gap-0.5">
        <Button
          variant="ghost"
          size="small"
          icon={Search}
          aria-expanded={isSearching}
          aria-keyshortcuts="f"
          onClick={stage.search}
        >
          Find
          <span className="ms-1 hidden md:inline">
            <Kbd>F</Kbd>
          </span>
        </Button>
        <Button
          variant="ghost"
          size="small"
          icon={ListTree}
          aria-pressed={isOutlineShown}
          className="aria-pressed:bg-accent-wash aria-pressed:text-accent"
          onClick={stage.toggleOutline}
        >
          Outline
        </Button>
        <IconButton
          label="Fold the branches"
          size="small"
          icon={FoldHorizontal}
          side="bottom"
          disabled={!storyboard.rows.some(({ isOpen }) => isOpen)}
          onClick={storyboard.foldAll}
        />
        <IconButton
          label="Unfold everything"
          size="small"
          icon={UnfoldHorizontal}
          side="bottom"
          disabled={storyboard.folded.size === 0}
          onClick={storyboard.unfoldAll}
        />
        <KeysHelp />
      </div>
      <div className="ms-auto flex items-center gap-2 ps-2">
        <Statistics />
        <IconButton
          label={isLarge ? 'Back to the page' : 'Fill the window'}
          size="small"
          icon={isLarge ? Minimize2 : Maximize2}
          side="left"
          onClick={stage.toggleLarge}
        />
      </div>
    </div>
  );
}
