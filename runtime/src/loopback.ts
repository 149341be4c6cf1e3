const LOOPBACK_NAME = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i;

/** Whether a host's name or address can only mean this machine. */
export function isLoopback(host: string): boolean {
  return LOOPBACK_NAME.test(host);
}
