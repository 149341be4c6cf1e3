/** Why a scenelet is not in a bundle: it has nothing to show, or every way to it leads through one that has not. */
type ExclusionReason = 'no_assets' | 'unreachable';

export interface ExcludedScenelet {
  sceneletId: string;
  reason: ExclusionReason;
}

/** An asset that a shot should have: never made, or recorded while its file is gone. */
export interface AssetWarning {
  sceneletId: string;
  shotIndex: number;
  asset: 'key frame' | 'speech';
  reason: 'not_made' | 'file_missing';
}

/** What went into a bundle, what did not, and why. Counts are of what is in it. */
export interface BundleReport {
  scenelets: number;
  shots: number;
  keyFrames: number;
  speeches: number;
  musicCues: number;
  excluded: readonly ExcludedScenelet[];
  /** Ids of scenelets at which the story stops before an ending. */
  incomplete: readonly string[];
  warnings: readonly AssetWarning[];
}

/** Lines of one kind that are printed before the rest is only counted. */
const SHOWN = 10;

const EXCLUSIONS: Readonly<Record<ExclusionReason, string>> = {
  no_assets: 'none of its shots has a key frame or speech',
  unreachable: 'no playable scenelet leads to it',
};

const FAULTS: Readonly<Record<AssetWarning['reason'], string>> = {
  not_made: 'has not been made yet',
  file_missing: 'is recorded, but its file is missing',
};

export function describeWarning({ sceneletId, shotIndex, asset, reason }: AssetWarning): string {
  return `${sceneletId}, shot ${shotIndex}: the ${asset} ${FAULTS[reason]}.`;
}

/** The report as short lines for people, the summary first. */
export function describeBundleReport(report: BundleReport): string[] {
  const { scenelets, shots, keyFrames, speeches, musicCues } = report;
  const music = musicCues === 0 ? '' : `, ${counted(musicCues, 'music cue')}`;
  return [
    `Bundled ${counted(scenelets, 'scenelet')} with ${counted(shots, 'shot')}: ` +
      `${counted(keyFrames, 'key frame')}, ${counted(speeches, 'speech file')}${music}.`,
    ...shortened(report.excluded, (one) => `Left out ${one.sceneletId}: ${EXCLUSIONS[one.reason]}.`, 'left out'),
    ...shortened(
      report.incomplete,
      (id) => `The story stops at ${id}: nothing playable follows it yet.`,
      'that stop early',
    ),
    ...shortened(report.warnings, describeWarning, 'missing files'),
  ];
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

function shortened<Item>(items: readonly Item[], describe: (item: Item) => string, rest: string): string[] {
  const lines = items.slice(0, SHOWN).map(describe);
  if (items.length > SHOWN) lines.push(`… and ${items.length - SHOWN} more ${rest}.`);
  return lines;
}
