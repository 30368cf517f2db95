import { encode } from '@msgpack/msgpack';
import {
  ClientMessage,
  checkBudget,
  decodeMessage,
  encodeMessage,
  FirstMessage,
  MESSAGE_BUDGET,
  ServerMessage,
  TouchstoneError,
  UNPROVEN_BUDGET,
} from '@touchstone/shared';
import { generatedRecord } from '../../src/log/fixtures/generated-records.ts';
import type { FuzzTarget } from '../fuzz-target.ts';
import { messagePack } from '../generators/message-pack.ts';
import { clientMessages, mutated } from '../generators/messages.ts';

const SERVER_MESSAGES: readonly object[] = [
  { type: 'result', id: 1, record: generatedRecord(1) },
  { type: 'challenge', protocol: { min: 1, max: 2 }, version: '0.1.0', serverNonce: new Uint8Array(32) },
  { type: 'pong', id: 1 },
];

/** Messages of both ends, changed in a few bytes, and MessagePack of any shape, into the decoder that both ends use. */
export const target: FuzzTarget = {
  name: 'codec',
  async run(random) {
    const known = () => encode(random.pick([...clientMessages(random), ...SERVER_MESSAGES]), { ignoreUndefined: true });
    const bytes = random.int(2) === 0 ? mutated(known(), random) : messagePack(random);
    const schema = random.pick([ClientMessage, FirstMessage, ServerMessage]);
    let message: object;
    try {
      message = decodeMessage(schema, bytes, random.pick([MESSAGE_BUDGET, UNPROVEN_BUDGET]));
    } catch (error) {
      if (!(error instanceof TouchstoneError) || error.code !== 'bad-message') throw error;
      return;
    }
    // What one end has read the other end reads again.
    checkBudget(bytes, MESSAGE_BUDGET);
    decodeMessage(schema, encodeMessage(message));
  },
};
