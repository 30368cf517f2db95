import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { projectNode, root } from '../project.mjs';

/** Nothing of this computer but what is named: no PATH, no home folder of a person. */
function touchstone(launcher, home, args) {
  const { status, stdout, stderr } = spawnSync(launcher, args, {
    cwd: '/',
    encoding: 'utf8',
    env: { HOME: home, TOUCHSTONE_HOME: join(home, 'data'), TOUCHSTONE_PORT: '0', TOUCHSTONE_NO_OPEN: '1' },
  });
  return { status, stdout, stderr };
}

function expect(condition, what, run) {
  if (!condition) throw new Error(`${what}\n${run ? `exit ${run.status}\n${run.stdout}${run.stderr}` : ''}`);
  console.log(`ok  ${what}`);
}

/** Passes packed files of the real registry on, so that the command is tried against a registry of this computer. */
async function relayingRegistry() {
  const server = createServer(async ({ url }, response) => {
    const answer = await fetch(`https://registry.npmjs.org${url}`);
    response.writeHead(answer.status, { 'content-length': answer.headers.get('content-length') ?? '' });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** Uses what a package unpacked to as a person does, with an empty environment. @throws Error that says what does not work */
export function tryProgram(launcher) {
  const home = mkdtempSync(join(tmpdir(), 'touchstone-package-'));
  const run = (...args) => touchstone(launcher, home, args);
  const picture = join(home, 'rocket.jpg');
  cpSync(join(root, 'companion/assets/samples/rocket.jpg'), picture);
  try {
    const alone = run('check', '--json', picture);
    const { step, pack } = JSON.parse(alone.stdout || '{}');
    expect(
      alone.status === 0 && step === 'likely-authentic',
      `a picture is judged without a companion (${pack?.name})`,
      alone,
    );
    const opened = run('open', '--start');
    expect(
      opened.status === 0 && /http:\/\/127\.0\.0\.1:\d+\/pair/.test(opened.stdout),
      'the menu starts the companion and pairs',
      opened,
    );
    const status = run('status', '--json');
    const { port } = JSON.parse(status.stdout || '{}');
    expect(status.status === 0 && port > 0, 'the companion tells its port', status);
    const page = spawnSync('curl', ['-s', `http://127.0.0.1:${port}/`], { encoding: 'utf8' }).stdout;
    const script = /src="(\/[^"]+\.js)"/.exec(page)?.[1];
    expect(script !== undefined, 'the history page is there');
    const code = spawnSync(
      'curl',
      ['-s', '-o', '/dev/null', '-w', '%{http_code}', `http://127.0.0.1:${port}${script}`],
      { encoding: 'utf8' },
    );
    expect(code.stdout === '200', 'and so is its script');
    const asked = run('check', '--json', '--pack', 'quick', picture);
    expect(asked.status === 0 && JSON.parse(asked.stdout).file === picture, 'the companion judges a picture', asked);
    const autostart = run('autostart', 'status', '--json');
    expect(autostart.status === 0, 'autostart can be asked about', autostart);
    const missing = run('video', 'status');
    expect(missing.stdout.includes('touchstone video install'), 'without FFmpeg the command is named', missing);
    const stopped = run('stop');
    expect(stopped.status === 0, 'it stops', stopped);
    const texts = [opened, asked, missing, stopped].map(({ stdout, stderr }) => stdout + stderr).join('');
    expect(!/npm (run|start)/.test(texts), 'nothing speaks of a clone');
    expect(readdirSync(join(home, 'data')).includes('history.sqlite'), 'the history was written');
  } finally {
    run('stop');
    rmSync(home, { recursive: true, force: true });
  }
}

/** `video install` of a packaged program, in full, from a registry of this computer. */
export async function tryVideo(launcher, clip) {
  const home = mkdtempSync(join(tmpdir(), 'touchstone-package-'));
  const registry = await relayingRegistry();
  const run = (...args) =>
    new Promise((done) => {
      const env = { HOME: home, TOUCHSTONE_HOME: join(home, 'data'), TOUCHSTONE_NO_OPEN: '1' };
      const child = spawn(launcher, args, { cwd: '/', env });
      const out = { stdout: '', stderr: '' };
      for (const name of ['stdout', 'stderr'])
        child[name].setEncoding('utf8').on('data', (text) => (out[name] += text));
      child.on('close', (status) => done({ status, ...out }));
    });
  try {
    const before = await run('check', '--json', clip);
    expect(
      before.stdout.includes('video-decoder-missing'),
      'a video is refused with the code of the missing decoder',
      before,
    );
    expect(before.stdout.includes('touchstone video install'), 'and with the command that mends it', before);
    const unasked = await run('video', 'install', '--registry', registry.address);
    expect(
      unasked.status === 2 && unasked.stderr.includes('GPL-3.0'),
      'nothing is fetched without a word, and the licence is shown',
      unasked,
    );
    const installed = await run('video', 'install', '--yes', '--registry', registry.address);
    expect(installed.status === 0, 'the decoder is fetched, verified and tried', installed);
    const after = await run('check', '--json', clip);
    expect(/"frames_analyzed":\d+/.test(after.stdout), 'the video is judged', after);
  } finally {
    registry.close();
    rmSync(home, { recursive: true, force: true });
  }
}

/** Installs the tarball for npx with an npm that reaches no registry, and runs it. */
export function tryNpx(tarball) {
  const home = mkdtempSync(join(tmpdir(), 'touchstone-npx-'));
  try {
    const picture = join(root, 'companion/assets/samples/rocket.jpg');
    const env = {
      PATH: `${dirname(projectNode())}${delimiter}${process.env.PATH}`,
      HOME: home,
      TOUCHSTONE_HOME: join(home, 'data'),
      npm_config_registry: 'http://127.0.0.1:1',
    };
    const run = spawnSync('npx', ['-y', '-p', tarball, 'touchstone', 'check', '--json', picture], {
      cwd: home,
      encoding: 'utf8',
      env,
    });
    expect(run.status === 0 && JSON.parse(run.stdout).verdict === 'real', 'npx runs it from the file alone', run);
    expect(existsSync(join(home, 'data')), 'with its own data folder');
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
