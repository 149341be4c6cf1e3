/** What doctor has looked at. */
export interface Finding {
  what: string;
  ok: boolean;
  /** Neither in order nor wrong: nobody knows, or nothing has to be there. `ok` is true then. */
  open?: true;
  /** What is there, or what to do about it. */
  detail: string;
}
