/** Time, in milliseconds, until the browser has surely begun to read the blob. */
const REVOKE_AFTER_MS = 60_000;

/** Saves bytes as a file of the given name, by the browser's own download. */
export function downloadBlob(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), REVOKE_AFTER_MS);
}
