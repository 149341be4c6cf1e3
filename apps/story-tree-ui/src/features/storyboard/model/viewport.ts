import { type Box, centreOf, contains, type Size, type View, visibleBox } from './geometry.ts';

export const MAX_ZOOM = 2;
/** Even the largest story fits at this zoom. */
export const MIN_ZOOM = 0.001;

/** The zoom at which reading is comfortable: where a jump arrives. */
const READING_ZOOM = 0.85;
const LEAST_READING_ZOOM = 0.68;
/** At the beginning, a little of what follows should be visible as well. */
const OPENING_ZOOM = 0.75;
/** Below this zoom, a story opens at its beginning and not as a whole. */
const WHOLE_FROM = 0.5;

const MARGIN = 48;

/** The whole box in the middle of the window, at 100 % at most. */
export function fit(box: Box, size: Size): View {
  const zoom = Math.min(
    1,
    Math.max(1, size.width - 2 * MARGIN) / Math.max(1, box.width),
    Math.max(1, size.height - 2 * MARGIN) / Math.max(1, box.height),
  );
  return centred(box, size, Math.max(MIN_ZOOM, zoom));
}

/** The box's centre in the middle of the window. */
export function centred(box: Box, { width, height }: Size, zoom: number): View {
  const { x, y } = centreOf(box);
  return { x: width / 2 - x * zoom, y: height / 2 - y * zoom, zoom };
}

/** How a story opens: as a whole where that is readable, else with its first scenelet at the left. */
export function opening(bounds: Box, root: Box, size: Size): View {
  const whole = fit(bounds, size);
  if (whole.zoom >= WHOLE_FROM) return whole;
  const zoom = OPENING_ZOOM;
  return {
    ...centred(root, size, zoom),
    x: Math.min(MARGIN, size.width / 2 - (root.width * zoom) / 2) - root.x * zoom,
  };
}

/** A card in the middle, large enough to read; a little smaller where the window is low. */
export function arrival(box: Box, size: Size, zoom: number): View {
  const whole = Math.max(LEAST_READING_ZOOM, (size.height - MARGIN / 2) / box.height);
  return centred(box, size, Math.max(zoom, Math.min(READING_ZOOM, whole)));
}

/** Moves the window as little as needed for the box to lie within it. */
export function brought(box: Box, view: View, size: Size): View {
  const { zoom } = view;
  return {
    x: nearest(view.x, box.x * zoom, box.width * zoom, size.width),
    y: nearest(view.y, box.y * zoom, box.height * zoom, size.height),
    zoom,
  };
}

function nearest(offset: number, start: number, length: number, room: number): number {
  const margin = Math.min(MARGIN, Math.max(0, (room - length) / 2));
  const least = margin - start;
  const most = room - margin - length - start;
  // A box larger than the window shows its beginning.
  if (most < least) return least;
  return Math.min(Math.max(offset, least), most);
}

/** The same window with another zoom: about the centre of the box while that is visible, else about its own middle. */
export function zoomed(view: View, size: Size, to: number, box: Box): View {
  const zoom = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, to));
  const factor = zoom / view.zoom;
  const centre = centreOf(box);
  const still = contains(visibleBox(view, size), centre)
    ? { x: centre.x * view.zoom + view.x, y: centre.y * view.zoom + view.y }
    : { x: size.width / 2, y: size.height / 2 };
  return { x: still.x - (still.x - view.x) * factor, y: still.y - (still.y - view.y) * factor, zoom };
}

/** What a card shows: its place and kind alone, its title, or everything. */
export type LevelOfDetail = 'structure' | 'title' | 'card';

/** Below it, words are too small to read, and a screen holds so many cards that they are drawn as boxes instead. */
const TITLE_FROM = 0.36;
const CARD_FROM = 0.66;

export function levelOfDetail(zoom: number): LevelOfDetail {
  if (zoom < TITLE_FROM) return 'structure';
  return zoom < CARD_FROM ? 'title' : 'card';
}
