/** How wide pictures can be asked for, in pixels, beside as they are: few, so that few copies are made. */
export const PICTURE_WIDTHS = [320, 640, 1280] as const;
