export type Distance = 'extreme' | 'wide' | 'medium' | 'close' | 'overShoulder' | 'insert';

/** How the picture is framed. */
export interface Camera {
  distance: Distance;
  /** Above 0 the camera looks up, below 0 it looks down. */
  tilt: -1 | 0 | 1;
}

/** Reads the framing of a shot; a frame without anybody in it is at most a wide one or a detail. */
export function cameraOf(framing: string, figures: number): Camera {
  const tilt = /low angle|low,|low over|from (below|under)/i.test(framing)
    ? 1
    : /high angle|bird|overhead|from (above|the air)/i.test(framing)
      ? -1
      : 0;
  return { distance: distanceOf(framing, figures), tilt };
}

function distanceOf(framing: string, figures: number): Distance {
  if (/insert|detail|extreme close/i.test(framing)) return figures === 0 ? 'insert' : 'close';
  if (figures === 0) return /close|medium/i.test(framing) ? 'insert' : /extreme/i.test(framing) ? 'extreme' : 'wide';
  if (
    /over[- ]the[- ]shoulder|over (her|his|the|one’s) shoulder|from (directly )?behind (?!the (crowd|bench|bar|counter))/i.test(
      framing,
    )
  )
    return 'overShoulder';
  if (/extreme wide|extreme long|establishing/i.test(framing)) return /extreme/i.test(framing) ? 'extreme' : 'wide';
  if (/close/i.test(framing)) return figures > 2 ? 'medium' : 'close';
  if (/wide|long shot|full shot/i.test(framing)) return 'wide';
  return 'medium';
}

/** How much a place is enlarged behind figures, and how far out of focus it is then. */
export interface Lens {
  zoom: number;
  blur: number;
}

export const LENS: Readonly<Record<Distance, Lens>> = {
  extreme: { zoom: 1, blur: 1 },
  wide: { zoom: 1.06, blur: 1 },
  medium: { zoom: 1.32, blur: 2 },
  close: { zoom: 1.75, blur: 4 },
  overShoulder: { zoom: 1.5, blur: 4 },
  insert: { zoom: 1.9, blur: 5 },
};
