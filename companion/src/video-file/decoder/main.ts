import { once } from 'node:events';
import { Socket } from 'node:net';
import { availableParallelism } from 'node:os';
import { encodeHead } from '../../workers/framed-messages.ts';
import { DECODE_DEADLINE_MS, MAX_DECODER_MEMORY } from '../limits.ts';
import type { DecoderMessage } from '../protocol.ts';
import { DecoderFailed } from './decoder-failed.ts';
import { loadLibrary } from './frame-decoder.ts';
import { openContainer } from './open-container.ts';
import { readSamples } from './read-samples.ts';
import { planSamples } from './sample-plan.ts';

/**
 * The decoder's process. It gets one open file (descriptor 3), writes messages (descriptor 4) and ends; nothing else of
 * the computer is its business. Whoever started it ends it by closing standard input.
 */
const FILE = 3;
const OUTPUT = 4;
/** More threads gain little at the sizes of the web, and the model needs cores too. */
const MOST_THREADS = 4;

process.stdin.on('end', () => process.exit()).resume();
const output = new Socket({ fd: OUTPUT, readable: false });
output.on('error', () => process.exit(1));

async function send(head: DecoderMessage, payload: Uint8Array = new Uint8Array(0)): Promise<void> {
  output.write(encodeHead(head, payload.length));
  if (payload.length > 0 && !output.write(payload)) await once(output, 'drain');
}

async function run(): Promise<void> {
  const deadline = performance.now() + DECODE_DEADLINE_MS;
  const [library, container] = await Promise.all([loadLibrary(), openContainer(FILE)]);
  const plan = planSamples(container.facts.duration);
  const { expected: expectedFrames, interval } = plan;
  await send({ type: 'opened', facts: { ...container.facts, expectedFrames, interval } });
  const end = await readSamples(library, container, plan, {
    threads: Math.min(MOST_THREADS, availableParallelism()),
    deadline,
    async give({ time, picture: { data, width, height } }) {
      if (process.memoryUsage.rss() > MAX_DECODER_MEMORY) {
        throw new DecoderFailed('video-unreadable', 'the decoder needs too much memory');
      }
      await send({ type: 'frame', time, width, height }, data);
    },
  });
  await send(end);
}

try {
  await run();
} catch (error) {
  const code = error instanceof DecoderFailed ? error.code : 'video-unreadable';
  const detail = (error instanceof Error ? error.message : String(error)).slice(0, 400);
  await send({ type: 'failed', code, detail });
}
// Codec threads would keep the process alive; what was written leaves first.
output.end(() => process.exit());
