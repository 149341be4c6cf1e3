'use client';

import { EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { use } from 'react';
import { cx } from '../../../components/index.ts';
import { LevelContext, useScene } from '../storyboardContext.ts';
import { edgePath } from './edgePath.ts';
import type { ChoiceFlowEdge } from './flowElements.ts';

/** The edge to a scenelet, with the words of the choice in front of it. */
export function ChoiceEdge({ target, sourceX, sourceY, targetX, targetY }: EdgeProps<ChoiceFlowEdge>) {
  const level = use(LevelContext);
  const { path, board } = useScene();
  const isLit = path.has(target);
  const choice = board.cards.get(target)?.choice;
  return (
    <>
      <path
        data-lit={isLit || undefined}
        d={edgePath(sourceX, sourceY, targetX, targetY)}
        className={cx('fill-none', isLit ? 'stroke-accent' : 'stroke-line-strong')}
        strokeWidth={(isLit ? 3 : 1.5) * (level === 'card' ? 1 : 1.6)}
      />
      {choice && (
        <EdgeLabelRenderer>
          <ChoiceWords words={choice} x={targetX} y={targetY} isLit={isLit} isLarge={level !== 'card'} />
        </EdgeLabelRenderer>
      )}
    </>
  );
}

function ChoiceWords(props: { words: string; x: number; y: number; isLit: boolean; isLarge: boolean }) {
  const { words, x, y, isLit, isLarge } = props;
  return (
    <div
      data-choice-label
      className={cx(
        'pointer-events-none absolute top-0 left-0 z-2 w-max max-w-44 rounded-control border px-2.5 text-center font-medium',
        isLit ? 'border-accent bg-accent-fill text-on-accent' : 'border-line-strong bg-raised text-ink',
        isLarge ? 'py-1 text-[20px] leading-6' : 'py-0.5 text-[12px] leading-4.5',
      )}
      style={{ transform: `translate(${x - 10}px, ${y}px) translate(-100%, -50%)` }}
    >
      <span className="line-clamp-3">{words}</span>
    </div>
  );
}
