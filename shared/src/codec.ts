import { decode, encode } from '@msgpack/msgpack';
import * as v from 'valibot';
import { checkBudget, MESSAGE_BUDGET, type MessageBudget } from './message-budget.ts';
import { RequestId } from './request-id.ts';
import { TouchstoneError } from './touchstone-error.ts';

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
  return parseMessage(schema, decodeValue(message, budget));
}

/** A message whose type only a newer Touchstone knows. */
export interface UnknownMessage {
  readonly type: 'unknown';
  /** Number of the request, where it has one that can be answered. */
  readonly id: number | undefined;
}

const Numbered = v.object({ type: v.string(), id: v.optional(v.unknown()) });

/**
 * The same for what comes from a side that has proved itself and may be newer: a type that is not known here is no error,
 * so that new messages can be added without ending old connections.
 * @param types that the schema knows
 * @throws TouchstoneError `bad-message` for a known type that is not as agreed, and for what is no message at all
 */
export function decodeOpenMessage<const Schema extends v.GenericSchema>(
  schema: Schema,
  types: ReadonlySet<string>,
  message: Uint8Array | ArrayBuffer,
): v.InferOutput<Schema> | UnknownMessage {
  const value = decodeValue(message, MESSAGE_BUDGET);
  const named = v.safeParse(Numbered, value);
  if (named.success && !types.has(named.output.type)) {
    const id = v.safeParse(RequestId, named.output.id);
    return { type: 'unknown', id: id.success ? id.output : undefined };
  }
  return parseMessage(schema, value);
}

function decodeValue(message: Uint8Array | ArrayBuffer, budget: MessageBudget): unknown {
  const bytes = message instanceof Uint8Array ? message : new Uint8Array(message);
  try {
    checkBudget(bytes, budget);
    return decode(bytes);
  } catch (error) {
    throw new TouchstoneError('bad-message', String(error));
  }
}

function parseMessage<const Schema extends v.GenericSchema>(schema: Schema, value: unknown): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new TouchstoneError('bad-message', `${v.getDotPath(issue) ?? 'message'}: ${issue.message}`);
}
