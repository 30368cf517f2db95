/**
 * Asks Touchstone about a picture or a video over its private socket, with Node's own library alone.
 *
 *   export TOUCHSTONE_TOKEN="$(npm run -s touchstone tokens create -- --name example --scope read check)"
 *   export TOUCHSTONE_SOCKET="$(jq -r .socket ~/.local/share/touchstone/control.json)"
 *   node docs/examples/check.ts photo.jpg
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';

interface Check {
  readonly url: string;
  readonly state: 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';
  readonly record: { readonly verdict: { readonly value: string; readonly probability: number } } | null;
  readonly error: { readonly code: string } | null;
}

interface Problem {
  readonly code: string;
  readonly title: string;
  readonly nextStep: string;
}

const { TOUCHSTONE_SOCKET: socketPath, TOUCHSTONE_TOKEN: token } = process.env;
const [path] = process.argv.slice(2);
if (!socketPath || !token || !path) throw new Error('TOUCHSTONE_SOCKET, TOUCHSTONE_TOKEN and a file are needed');

/** The answer as JSON; waits where Touchstone asks to. */
async function ask<Answer>(address: string, body?: Uint8Array, headers: Record<string, string> = {}): Promise<Answer> {
  const { status, retryAfter, answer } = await new Promise<{ status: number; retryAfter: number; answer: string }>(
    (resolve, reject) => {
      const method = body === undefined ? 'GET' : 'POST';
      // The body is asked for once it is known who sends it, so that a refusal is heard and not cut off.
      const expect = body === undefined ? {} : { expect: '100-continue', 'content-length': body.length };
      const sent = { authorization: `Bearer ${token}`, ...expect, ...headers };
      const asked = { socketPath, path: address, method, headers: sent };
      const outgoing = request(asked, (response) => {
        const { statusCode = 0 } = response;
        const seconds = Number(response.headers['retry-after'] ?? 0);
        text(response).then((answer) => resolve({ status: statusCode, retryAfter: seconds, answer }), reject);
        response.once('close', () => outgoing.destroy());
      });
      outgoing.on('error', reject).on('continue', () => outgoing.end(body));
      if (body === undefined) outgoing.end();
      else outgoing.flushHeaders();
    },
  );
  if (status === 429 || status === 503) {
    await wait(retryAfter * 1000);
    return ask(address, body, headers);
  }
  if (status >= 400) {
    const { code, title, nextStep } = JSON.parse(answer) as Problem;
    throw new Error(`${code}: ${title} ${nextStep}`);
  }
  return JSON.parse(answer) as Answer;
}

const content = await readFile(path);
// Under a key the same request may be sent again after a broken connection: it is done once.
const key = createHash('sha256').update(content).digest('hex');
const { checks } = await ask<{ checks: Check[] }>('/v1/checks?wait=30', content, { 'idempotency-key': key });
let [check] = checks;
while (check?.state === 'pending' || check?.state === 'processing') {
  await wait(1_000);
  check = await ask<Check>(check.url);
}
const verdict = check?.record?.verdict;
const said = verdict ? `${verdict.value} ${verdict.probability.toFixed(3)}` : `${check?.state} ${check?.error?.code}`;
process.stdout.write(`${said}\n`);

interface Listed {
  readonly id: string;
  readonly verdict: { readonly value: string };
}
const { records } = await ask<{ records: Listed[] }>('/v1/records?sort=-probability&limit=5&fields=verdict');
for (const { id, verdict } of records) process.stdout.write(`${id} ${verdict.value}\n`);
