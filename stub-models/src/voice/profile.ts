import { PREBUILT_VOICES, type VoiceName } from '@story-tree/domain';
import { randomFrom } from '../seed.ts';

/** What makes one voice sound different from another. */
export interface VoiceCharacter {
  /** Mean pitch in Hz. */
  pitch: number;
  /** How far the pitch wanders, in semitones. */
  liveliness: number;
  /** Formants are multiplied by this: above 1 for smaller speakers. */
  formantScale: number;
  /** Share of breath in the voiced sounds, from 0 to 1. */
  breath: number;
  /** Unevenness of the pitch from pulse to pulse, as a share of it. */
  roughness: number;
  /** Cut-off of the final softening, in Hz. */
  brightness: number;
}

const HIGH_VOICES = new Set<string>([
  'Zephyr',
  'Kore',
  'Leda',
  'Aoede',
  'Callirrhoe',
  'Autonoe',
  'Despina',
  'Erinome',
  'Laomedeia',
  'Achernar',
  'Gacrux',
  'Pulcherrima',
  'Vindemiatrix',
  'Sulafat',
]);

type Quality = (typeof PREBUILT_VOICES)[VoiceName];

const QUALITIES: Partial<Record<Quality, Partial<VoiceCharacter>>> = {
  youthful: { pitch: 262, formantScale: 1.2, liveliness: 3.4 },
  mature: { pitch: 158, formantScale: 1.02, liveliness: 1.6 },
  breathy: { breath: 0.55, brightness: 3400 },
  gravelly: { pitch: 84, formantScale: 0.86, roughness: 0.035, liveliness: 1.9 },
  bright: { brightness: 5200 },
  lively: { liveliness: 3.2 },
  excitable: { liveliness: 3.6 },
  upbeat: { liveliness: 3 },
  soft: { breath: 0.34, brightness: 3000 },
  gentle: { breath: 0.26, brightness: 3200 },
  warm: { brightness: 3300, breath: 0.16 },
  firm: { liveliness: 1.5 },
  even: { liveliness: 1.1 },
};

function qualityOf(voiceName: string): Partial<VoiceCharacter> {
  const known = Object.entries(PREBUILT_VOICES).find(([name]) => name === voiceName);
  return known === undefined ? {} : (QUALITIES[known[1]] ?? {});
}

/** The profile of a prebuilt voice; an unknown name gets one of its own, too. */
export function voiceCharacter(voiceName: string): VoiceCharacter {
  const random = randomFrom(`voice ${voiceName}`);
  const isHigh = HIGH_VOICES.has(voiceName);
  return {
    pitch: (isHigh ? 186 : 106) * (0.9 + 0.24 * random()),
    liveliness: 1.9 + 0.9 * random(),
    formantScale: (isHigh ? 1.1 : 0.95) * (0.96 + 0.08 * random()),
    breath: 0.07 + 0.08 * random(),
    roughness: 0.006 + 0.006 * random(),
    brightness: 3600 + 900 * random(),
    ...qualityOf(voiceName),
  };
}
