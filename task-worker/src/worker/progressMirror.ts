const WHOLE = 100;

/**
 * Passes on the latest percent, one at a time. The queue is not worth waiting for: the task's row has the truth. A job that
 * ends without having shown a percent says enough by that.
 */
export function createProgressMirror(send: (percent: number) => Promise<void>): (percent: number) => void {
  let latest = 0;
  let sent = 0;
  let isSending = false;

  async function sendLatest(): Promise<void> {
    isSending = true;
    while (sent !== latest) {
      sent = latest;
      await send(sent).catch(() => undefined);
    }
    isSending = false;
  }

  return (percent) => {
    if (percent === WHOLE && latest === 0) return;
    latest = percent;
    if (!isSending) void sendLatest();
  };
}
