import { Socket } from 'node:net';
import sharp from 'sharp';
import { readMessages, writeMessage } from '../../workers/framed-messages.ts';
import { keepSmall } from '../../workers/keep-small.ts';
import { givenRoom, WITH_ROOM } from '../../workers/payload-room.ts';
import type { DecoderNotice, DecoderQuestion } from '../protocol.ts';
import { answer, release } from './answer.ts';

/**
 * The process that decodes pictures. It is asked one thing at a time on standard input and answers on descriptor 3, pictures and
 * views by way of descriptor 4 where the system has such a thing;
 * nothing else of the computer is its business. Whoever started it ends it, or closes standard input.
 */
const OUTPUT = 3;
/** Questions come from the companion itself; a pack's description is the longest part of one. Bytes. */
const MAX_HEAD_BYTES = 64 * 1024;
const MAX_PAYLOAD_BYTES = 128 * 1024 * 1024;
/** How often it says what it has used, where the system does not. Milliseconds. */
const USAGE_EVERY_MS = 250;

const output = new Socket({ fd: OUTPUT, readable: false });
output.on('error', () => process.exit(1));
process.stdin.on('end', () => process.exit());

const room = process.argv.includes(WITH_ROOM) ? givenRoom() : undefined;

function send(head: object, payload: Uint8Array = new Uint8Array(0)): void {
  writeMessage(output, head, payload, room);
}

// Every picture is another one: libvips' operation cache would only hold memory.
sharp.cache(false);
if (process.platform !== 'linux') {
  setInterval(() => {
    const { user, system } = process.cpuUsage();
    send({ type: 'usage', memory: process.memoryUsage.rss(), cpuMs: (user + system) / 1000 });
  }, USAGE_EVERY_MS);
}
let asked = false;
let answering = false;
keepSmall({
  worked() {
    const worked = asked || answering;
    asked = false;
    return worked;
  },
});
send({ type: 'ready' });
const limits = { headBytes: MAX_HEAD_BYTES, payloadBytes: MAX_PAYLOAD_BYTES, room };
for await (const { head, payload } of readMessages(process.stdin, limits)) {
  const message = head as DecoderQuestion | DecoderNotice;
  if (message.type === 'release') release(message.id);
  else {
    asked = true;
    answering = true;
    const { head: reply, payload: bytes } = await answer(message, payload);
    answering = false;
    send(reply, bytes);
  }
}
