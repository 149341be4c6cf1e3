/** How long an address may be needed: the browser has to have started reading before it is revoked. */
const KEPT_MS = 10_000;

/** Saves a text as a file, as if it had been downloaded. */
export function saveText(name: string, text: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
