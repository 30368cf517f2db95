/** A random name for a track. Pages without https have no `crypto.randomUUID`. */
export function newTrackId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
