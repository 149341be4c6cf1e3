import {
  digest,
  type FaultName,
  type FaultPicker,
  faultNamesOf,
  STREAM_FAULT_NAMES,
  type StreamFaultName,
  type WireCall,
} from '@story-tree/testkit/gemini/geminiServer.ts';
import { seededRandom } from '@story-tree/testkit/seeded.ts';
import { placeOf } from '../stack/models.ts';

/** How many of a hundred requests meet a fault. */
const PERCENT = 15;
/** How long the service asks to be left alone, at least. */
const RETRY_AFTER_S = 0.2;

/** A picture in another format is accepted as it is, which makes a sound but different story. */
const HARMLESS: readonly FaultName[] = ['jpeg'];

/** Draws faults of every kind, by what is asked and how often; not by the order of requests, which varies between runs. */
export function drawModelFaults(seed: number): FaultPicker {
  const turns = new Map<string, number>();
  return (call) => {
    const place = placeOf(call);
    const turn = (turns.get(place) ?? 0) + 1;
    turns.set(place, turn);
    const random = seededRandom(numberOf(`${seed} ${turn} ${place}`));
    if (random.below(100) >= PERCENT) return undefined;
    return { fault: random.pick(faultsOf(call)), retryAfterS: RETRY_AFTER_S, afterEvents: 1 + random.below(5) };
  };
}

function faultsOf({ kind, streams }: WireCall): readonly (FaultName | StreamFaultName)[] {
  const faults = faultNamesOf(kind).filter((fault) => !HARMLESS.includes(fault));
  return streams ? [...faults, ...STREAM_FAULT_NAMES] : faults;
}

function numberOf(text: string): number {
  return Number.parseInt(digest(Buffer.from(text)).slice(-12), 16);
}
