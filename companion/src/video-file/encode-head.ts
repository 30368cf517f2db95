import type { DecoderMessage } from './protocol.ts';

/** Before each message: lengths of its head and its payload, both 32 bits, little-endian. */
export const PREFIX_BYTES = 8;

/**
 * Bytes that go before the payload of a message. Apart from the schema of the messages, so that the decoder's process
 * starts without loading the library for schemas.
 */
export function encodeHead(head: DecoderMessage, payloadBytes: number): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(head));
  const bytes = new Uint8Array(PREFIX_BYTES + json.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, json.length, true);
  view.setUint32(4, payloadBytes, true);
  bytes.set(json, PREFIX_BYTES);
  return bytes;
}
