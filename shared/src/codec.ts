import { decode, encode } from '@msgpack/msgpack';
import * as v from 'valibot';
import { TouchstoneError } from './errors.ts';
import { checkBudget, MESSAGE_BUDGET, type MessageBudget } from './message-budget.ts';

/**
 * Encodes one message as MessagePack; byte arrays travel as they are, without base64.
 * `undefined` members are left out.
 * @throws RangeError for what no other end would read; see `checkBudget`
 */
export function encodeMessage(message: object): Uint8Array<ArrayBuffer> {
  const bytes = encode(message, { ignoreUndefined: true });
  checkBudget(bytes, MESSAGE_BUDGET);
  return bytes;
}

/**
 * Decodes and validates one message.
 * @param schema what it must be; unknown members are dropped
 * @param budget what it may cost, checked before anything is built of it
 * @throws TouchstoneError `bad-message` for anything else; the reason is in `detail`
 */
export function decodeMessage<const Schema extends v.GenericSchema>(
  schema: Schema,
  message: Uint8Array | ArrayBuffer,
  budget: MessageBudget = MESSAGE_BUDGET,
): v.InferOutput<Schema> {
  const bytes = message instanceof Uint8Array ? message : new Uint8Array(message);
  let value: unknown;
  try {
    checkBudget(bytes, budget);
    value = decode(bytes);
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
