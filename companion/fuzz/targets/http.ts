import { readControlFile } from '../../src/daemon/control-file.ts';
import { openRaw, parseAnswer, rawRequest } from '../../src/gateway/fixtures/raw-request.ts';
import { type FuzzCompanion, startFuzzCompanion } from '../fixtures/fuzz-companion.ts';
import type { FuzzTarget } from '../fuzz-target.ts';
import { httpRequest } from '../generators/http-requests.ts';

/** What may answer "yes" to somebody without credentials: pages without anything of the person's. */
const PUBLIC_BODY = /^<!doctype html>|^$/i;

interface Arena extends FuzzCompanion {
  readonly port: number;
  readonly credential: readonly [name: string, value: string];
}

async function open(): Promise<Arena> {
  const started = await startFuzzCompanion();
  const control = await readControlFile(started.home);
  if (!control) throw new Error('no control file');
  return { ...started, port: control.port, credential: ['Authorization', `Bearer ${control.token}`] };
}

/** Sends the text and what is answered until the other side hangs up; an event stream never does. */
function exchange(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = openRaw(port);
    let answer = '';
    socket.setEncoding('latin1').on('data', (part: string) => {
      answer += part;
      if (answer.includes('text/event-stream')) socket.destroy();
    });
    socket.once('end', () => socket.destroy());
    socket.once('close', () => resolve(answer));
    socket.end(Buffer.from(text, 'latin1'));
  });
}

let arena: Promise<Arena> | undefined;

/** Requests of every form to a real companion: nothing is its own fault, and nobody without credentials gets anything. */
export const target: FuzzTarget = {
  name: 'http',
  async run(random) {
    arena ??= open();
    const { port, credential } = await arena;
    const { text, trusted } = httpRequest(random, `127.0.0.1:${port}`, credential.join(': '));
    const answer = parseAnswer(await exchange(port, text));
    if (answer.status === 500) throw new Error(`answered 500: ${answer.body}\n${JSON.stringify(text)}`);
    if (!trusted && answer.status >= 200 && answer.status < 300 && !PUBLIC_BODY.test(answer.body)) {
      throw new Error(`answered ${answer.status} to nobody: ${answer.body.slice(0, 200)}\n${JSON.stringify(text)}`);
    }
    const after = await rawRequest(port, { target: '/api/status', headers: [credential] });
    if (after.status !== 200) throw new Error(`serves no more: ${after.status}\n${JSON.stringify(text)}`);
  },
  close: async () => (await arena)?.end(),
};
