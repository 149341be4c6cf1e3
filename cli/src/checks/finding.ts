/** What doctor has looked at. */
export interface Finding {
  what: string;
  ok: boolean;
  /** What is there, or what to do about it. */
  detail: string;
}
