import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTouchstone } from '../cli/fixtures/run-touchstone.ts';
import { makeClip } from '../video-file/fixtures/make-clip.ts';
import { outsideCalls } from './fixtures/network-trace.ts';
import { type Watched, watchNode, whyNoWatch } from './fixtures/network-watch.ts';

const rocket = fileURLToPath(new URL('../../assets/samples/rocket.jpg', import.meta.url));
const cli = fileURLToPath(new URL('../cli/main.ts', import.meta.url));
const bench = fileURLToPath(new URL('../../bench/main.ts', import.meta.url));
/** A program that starts Node, loads libraries and models opens far more files; fewer mean that the watch was blind. */
const FEWEST_CALLS = 100;

const blind = whyNoWatch();
if (blind) console.warn(`NOT WATCHED: what leaves this computer was not looked at, because ${blind}.`);

let folder: string;
let data: string;
let clip: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-network-'));
  data = join(folder, 'data');
  clip = join(folder, 'clip.mp4');
  await makeClip({ path: clip, width: 160, height: 96, rate: 10, frames: 20, draw: grey });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const grey = (index: number): Uint8Array => new Uint8Array(160 * 96 * 3).fill(60 + index);

/** Nothing left this computer, nothing was left in the home folder, and the watch did see the program. */
function expectQuiet(watched: Watched): void {
  expect(watched.outside).toEqual([]);
  expect(watched.home).toEqual([]);
  expect(watched.calls).toBeGreaterThan(FEWEST_CALLS);
}

describe.runIf(!blind)('attack: what a person looks at leaves the computer', { timeout: 300_000 }, () => {
  it('while pictures and a video are checked without a companion', async () => {
    const watched = await watchNode([cli, 'check', '--json', rocket, clip], { data });
    expect(watched.stdout.trim().split('\n')).toHaveLength(2);
    expect(watched.stdout).not.toContain('"error"');
    expectQuiet(watched);
  });

  it('from a companion that starts, proves itself, checks a picture and a video, and stops', async () => {
    let asked: Promise<{ check: Watched; stop: { code: number | null } }> | undefined;
    const started = await watchNode([cli, 'start', '--no-open'], {
      data,
      // Its sample has been judged by then, so the provider's probe and the models have run.
      onOutput: (output) => {
        if (/press "Pair"/.test(output)) asked ??= useCompanion();
      },
    });
    const { check, stop } = (await asked) ?? {};
    expect(stop?.code).toBe(0);
    expect(check?.stdout).not.toContain('"error"');
    expect(check?.stdout.trim().split('\n')).toHaveLength(2);
    if (check) expectQuiet(check);
    expectQuiet(started);
  });

  it('while the product is measured', async () => {
    const watched = await watchNode(['--expose-gc', bench, 'live', '--quick', '--json'], { data });
    expect(watched.code).toBe(0);
    expect(watched.stdout).toContain('frame to update');
    expectQuiet(watched);
  });
});

/** A picture and a video by way of the running companion, under a watch of its own; then its end. */
async function useCompanion() {
  try {
    return { check: await watchNode([cli, 'check', '--json', rocket, clip], { data }), stop: await stopCompanion() };
  } catch (error) {
    await stopCompanion();
    throw error;
  }
}

const stopCompanion = () => runTouchstone(['stop'], { home: data });

describe.runIf(!blind)('the watch', () => {
  it('sees a connection, a datagram and a look-up from a thread, and the debug log', async () => {
    const inThread = `
      const net = require('node:net'), dns = require('node:dns'), dgram = require('node:dgram'), fs = require('node:fs');
      net.connect(9, '192.0.2.1').on('error', () => {}).setTimeout(300, function () { this.destroy(); });
      dgram.createSocket('udp6').on('error', () => {}).send('x', 9, '2001:db8::1', function () { this.close?.(); });
      dns.lookup('touchstone.invalid', () => {});
      fs.readFile('/tmp/mat-debug-1.log', () => {});
      setTimeout(() => process.exit(), 1500);`;
    const code = `new (require('node:worker_threads').Worker)(${JSON.stringify(inThread)}, { eval: true })`;
    const { outside } = await watchNode(['-e', code], { data });
    const text = outside.join('\n');
    expect(text).toContain('192.0.2.1');
    expect(text).toContain('2001:db8::1');
    expect(text).toMatch(/\/etc\/(?:hosts|host\.conf)/);
    expect(text).toContain('mat-debug-1.log');
  });
});

describe('outsideCalls', () => {
  it.each([
    'connect(21, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("13.69.109.130")}, 16) = -1 EINPROGRESS',
    '77 sendto(5, "\\1\\0", 40, MSG_NOSIGNAL, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}, 16 <unfinished ...>',
    '77 connect(5, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "2620:1ec::10", &sin6_addr), sin6_scope_id=0}, 28) = 0',
    'bind(20, {sa_family=AF_INET, sin_port=htons(47615), sin_addr=inet_addr("0.0.0.0")}, 16) = 0',
    'connect(3, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = -1 ENOENT',
    'openat(AT_FDCWD, "/tmp/mat-debug-33.log", O_WRONLY|O_CREAT|O_TRUNC, 0666) = 9',
    'openat(AT_FDCWD, "/etc/hosts", O_RDONLY|O_CLOEXEC) = 9',
    'socket(AF_PACKET, SOCK_RAW, htons(0 /* ETH_P_??? */)) = 3',
  ])('tells %s', (line) => expect(outsideCalls(line)).toEqual([line]));

  it.each([
    'bind(20, {sa_family=AF_INET, sin_port=htons(0), sin_addr=inet_addr("127.0.0.1")}, 16) = 0',
    'connect(21, {sa_family=AF_INET6, sin6_port=htons(47615), inet_pton(AF_INET6, "::1", &sin6_addr)}, 28) = 0',
    'socketpair(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0, [34, 35]) = 0',
    'sendto(20, [{nlmsg_len=20, nlmsg_type=RTM_GETADDR}], 20, 0, {sa_family=AF_NETLINK, nl_pid=0, nl_groups=00000000}, 12) = 20',
    'connect(9, {sa_family=AF_UNIX, sun_path="/home/me/.local/share/touchstone/control.sock"}, 110) = 0',
  ])('lets %s pass', (line) => expect(outsideCalls(line)).toEqual([]));
});
