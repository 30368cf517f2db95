import { decode, encode } from '@msgpack/msgpack';
import * as v from 'valibot';
import { TouchstoneError } from './errors.ts';
import { MAX_CAPTURE_BYTES } from './limits.ts';

/** Longest text and largest collection in one message: well above any record, far below what hurts. */
const MAX_TEXT_BYTES = 1024 * 1024;
const MAX_ITEMS = 4096;

const decodeOptions = {
  maxStrLength: MAX_TEXT_BYTES,
  maxBinLength: MAX_CAPTURE_BYTES,
  maxArrayLength: MAX_ITEMS,
  maxMapLength: MAX_ITEMS,
  maxExtLength: 0,
};

/**
 * Encodes one message as MessagePack; byte arrays travel as they are, without base64.
 * `undefined` members are left out.
 */
export function encodeMessage(message: object): Uint8Array<ArrayBuffer> {
  return encode(message, { ignoreUndefined: true });
}

/**
 * Decodes and validates one message.
 * @param schema what it must be; unknown members are dropped
 * @throws TouchstoneError `bad-message` for anything else; the reason is in `detail`
 */
export function decodeMessage<const Schema extends v.GenericSchema>(
  schema: Schema,
  bytes: Uint8Array | ArrayBuffer,
): v.InferOutput<Schema> {
  let value: unknown;
  try {
    value = decode(bytes, decodeOptions);
  } catch (error) {
    throw new TouchstoneError('bad-message', String(error));
  }
  const parsed = v.safeParse(schema, value);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new TouchstoneError('bad-message', `${v.getDotPath(issue) ?? 'message'}: ${issue.message}`);
  }
  return parsed.output;
}
