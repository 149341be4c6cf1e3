'use client';

import CornerDownRight from 'lucide-react/icons/corner-down-right';
import RotateCcw from 'lucide-react/icons/rotate-ccw';
import { useMemo } from 'react';
import { Button } from '../../components/index.ts';
import { announce, useAddressParam, useStoryPage } from '../kit/index.ts';
import { Choices } from './Choices.tsx';
import { endingsBelow, type ReadingStep, readingPath } from './readingPath.ts';
import { SceneletText } from './SceneletText.tsx';

/** One way through the story to read, with all its choices open to be made otherwise. */
export function PathReader() {
  const { tree } = useStoryPage();
  const [label, setLabel] = useAddressParam('scenelet');
  const endings = useMemo(() => endingsBelow(tree), [tree]);
  const steps = readingPath(tree, label);

  function choose(chosen: string, words: string) {
    setLabel(chosen);
    announce(`Chosen: ${words}. The story goes on below.`);
  }

  return (
    <div className="mx-auto max-w-2xl">
      {steps.map((step) => (
        <div key={step.scenelet.id}>
          <SceneletText scenelet={step.scenelet} />
          {step.choices.length > 0 && <Choices step={step} endings={endings} onChoose={choose} />}
        </div>
      ))}
      <WayOut last={steps.at(-1)} onRestart={() => setLabel(null)} />
    </div>
  );
}

function WayOut({ last, onRestart }: { last: ReadingStep | undefined; onRestart(): void }) {
  if (last === undefined || last.choices.length > 0) return null;
  if (!last.scenelet.isTerminalNode) {
    return (
      <p className="flex items-center gap-2 rounded-card bg-warn-wash px-4 py-3 text-sm text-warn">
        <CornerDownRight size={16} />
        The script is not written any further here.
      </p>
    );
  }
  return (
    <div className="space-y-4 pt-2 pb-6 text-center">
      <p aria-hidden="true" className="text-ink-faint text-xl tracking-[0.6em]">
        ❦
      </p>
      <p className="font-display text-lg italic">The end of this path</p>
      <Button size="small" icon={RotateCcw} onClick={onRestart}>
        From the beginning
      </Button>
    </div>
  );
}
