import type { Random } from '../seed.ts';
import type { Camera, Distance } from './camera.ts';
import type { Facing, Placement } from './figure/index.ts';
import type { Build } from './figure/look.ts';
import { measuresOf } from './figure/measures.ts';
import { between } from './shapes.ts';

/** Where figures stand: on the ground of the place, as it appears in the finished frame. */
interface Floor {
  width: number;
  ground: number;
}

const SCALES: Readonly<Record<Distance, number>> = {
  extreme: 0.24,
  wide: 0.7,
  medium: 1.38,
  close: 2.35,
  overShoulder: 1.55,
  insert: 1,
};

/** Positions from left to right as fractions of the width; a single figure stands off-centre, as painters prefer. */
function columns(count: number, distance: Distance, random: Random): number[] {
  if (count === 1) return [distance === 'close' ? between(random, 0.4, 0.6) : between(random, 0.34, 0.64)];
  const spread = distance === 'extreme' ? 0.1 : distance === 'wide' ? 0.3 : distance === 'close' ? 0.44 : 0.36;
  const middle = distance === 'extreme' || distance === 'wide' ? between(random, 0.44, 0.56) : 0.5;
  return Array.from({ length: count }, (_, index) => middle + spread * (index / (count - 1) - 0.5));
}

/** Figures on the left look right and vice versa, so that they look at each other and into the frame. */
function facing(share: number, random: Random): Facing {
  if (Math.abs(share - 0.5) < 0.04) return random() < 0.5 ? 'left' : 'right';
  return share < 0.5 ? 'right' : 'left';
}

/** The height of the middle of a head above the line that everybody stands on. */
function standing(build: Build, scale: number, ground: number): number {
  return ground - measuresOf(build).feet * scale;
}

/** The line that figures stand on; for near figures it is below the frame. */
function groundFor(builds: readonly Build[], { distance, tilt }: Camera, floor: Floor): number {
  const scale = SCALES[distance];
  if (distance === 'wide' || distance === 'extreme') return floor.ground;
  const heights = builds.map((build) => measuresOf(build).feet * scale);
  const mean = heights.reduce((sum, height) => sum + height, 0) / Math.max(1, heights.length);
  const headLine = distance === 'close' ? 350 : 272;
  return headLine + mean - tilt * 14;
}

/** Puts figures into the frame, in the order in which they are named. */
export function placeFigures(builds: readonly Build[], camera: Camera, floor: Floor, random: Random): Placement[] {
  if (camera.distance === 'overShoulder') return overTheShoulder(builds, floor);
  const perCrowding = builds.length > 3 ? 3 / builds.length : 1;
  const closePair = camera.distance === 'close' && builds.length > 1 ? 0.72 : 1;
  const scale = SCALES[camera.distance] * perCrowding * closePair;
  const ground = groundFor(builds, camera, floor);
  return columns(builds.length, camera.distance, random).map((share, index) => {
    const build = builds[index] ?? 'adult';
    return {
      x: share * floor.width,
      y: fitted(standing(build, scale, ground), camera, scale),
      scale,
      facing: facing(share, random),
    };
  });
}

/** Near heads stay within the frame, however tall the figures are. */
function fitted(y: number, { distance }: Camera, scale: number): number {
  if (distance === 'wide' || distance === 'extreme') return y;
  return Math.min(430, Math.max(78 * scale + 26, y));
}

/** The first figure from behind and large at the edge, the second in front of it. */
function overTheShoulder(builds: readonly Build[], { width }: Floor): Placement[] {
  return builds.map((_, index) =>
    index === 0
      ? { x: width * (builds.length === 1 ? 0.3 : 0.2), y: 420, scale: builds.length === 1 ? 1.7 : 2.5, facing: 'away' }
      : { x: width * (0.6 + 0.16 * (index - 1)), y: 258, scale: 1.6, facing: 'left' },
  );
}
