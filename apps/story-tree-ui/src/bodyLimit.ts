/** Bytes that the body of a request may have: a megabyte. */
export const BODY_LIMIT = 1_048_576;
