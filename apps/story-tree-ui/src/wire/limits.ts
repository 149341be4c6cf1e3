/** Bytes that the body of a request may have: a megabyte. */
export const BODY_LIMIT = 1_048_576;

/** The widths, in pixels, in which pictures can be asked for besides their own: few, so that few copies are made. */
export const PICTURE_WIDTHS = [320, 640, 1280] as const;

/** The most lines of a task's log that `GET /api/story-tasks/:taskId` answers with at once. */
export const LOG_PAGE = 200;
