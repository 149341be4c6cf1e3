import { isOpen, labelDepth, type SceneletTree } from '@story-tree/domain';
import { useMemo } from 'react';
import { cx } from '../../../components/index.ts';
import { KIND_LOOK } from '../canvas/KindBadge.tsx';
import type { CardKind } from '../model/card.ts';
import { useScene } from '../storyboardContext.ts';

/** The statistics of the tree; its icons are those of the cards. */
export function Statistics() {
  const { board } = useScene();
  const counts = useMemo(() => treeStatistics(board.tree), [board]);
  return (
    <dl className="flex flex-wrap items-center gap-x-3.5 gap-y-0.5 text-ink-soft text-xs">
      <Figure name={counts.scenelets === 1 ? 'scenelet' : 'scenelets'} count={counts.scenelets} />
      <Figure name={counts.branchPoints === 1 ? 'choice' : 'choices'} count={counts.branchPoints} kind="branch" />
      <Figure name={counts.endings === 1 ? 'ending' : 'endings'} count={counts.endings} kind="ending" />
      {counts.open > 0 && <Figure name="incomplete" count={counts.open} kind="open" />}
      <Figure name="deep" count={counts.depth} />
    </dl>
  );
}

function Figure({ name, count, kind }: { name: string; count: number; kind?: CardKind }) {
  const look = kind && KIND_LOOK[kind];
  return (
    <div className="flex items-center gap-1">
      {look && <look.icon size={13} className={cx('shrink-0', look.ink)} />}
      <dt className="order-last">{name}</dt>
      <dd className="font-semibold text-ink tabular-nums">{count.toLocaleString('en')}</dd>
    </div>
  );
}

interface TreeStatistics {
  scenelets: number;
  branchPoints: number;
  endings: number;
  /** Paths that the script has not finished. */
  open: number;
  /** Scenelets on the longest path. */
  depth: number;
}

export function treeStatistics(tree: SceneletTree): TreeStatistics {
  const scenelets = tree.inOrder();
  const count = (holds: (scenelet: (typeof scenelets)[number]) => boolean) => scenelets.filter(holds).length;
  return {
    scenelets: scenelets.length,
    branchPoints: count(({ isBranchPoint }) => isBranchPoint),
    endings: count(({ isTerminalNode }) => isTerminalNode),
    open: count((scenelet) => isOpen(tree, scenelet)),
    depth: scenelets.reduce((deepest, { label }) => Math.max(deepest, labelDepth(label)), 0),
  };
}
