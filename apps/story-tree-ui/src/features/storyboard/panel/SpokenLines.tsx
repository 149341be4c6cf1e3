import type { SceneletCard } from '../model/card.ts';
import { PanelPart } from './PanelPart.tsx';

/** What is said in a scenelet, by the script. */
export function SpokenLines({ lines }: Pick<SceneletCard, 'lines'>) {
  if (lines.length === 0) return null;
  return (
    <PanelPart title="Lines">
      <ul className="space-y-2 text-sm">
        {lines.map(({ character, line }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same person may say the same words twice
          <li key={at} dir="auto">
            <span className="font-semibold">{character}</span> <q className="text-ink-soft">{line}</q>
          </li>
        ))}
      </ul>
    </PanelPart>
  );
}
