import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { request } from 'node:https';
import { connect, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { canInstall, installPackagesOfDebian } from './apt.mjs';
import { root } from './project.mjs';
import { explainFailure } from './run-command.mjs';

/** Largest body that passes, and one that does not. Bytes. */
const BODY = 500_000_000;
const TOO_LARGE = 600_000_000;

/** Pieces in which bodies are sent. Bytes. */
const PIECE = 1_000_000;

/** How long an answer takes that must come through: beyond the minute after which proxies give up by themselves. Seconds. */
const SLOW_SECONDS = Number(process.env.TOUCHSTONE_PROXY_SECONDS ?? 65);

/** How long anything else may take, in milliseconds. */
const LIMIT_MS = 300_000;

const START_MS = 30_000;

async function freePort() {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

/** Stands for the team's server: takes bodies, tells events, echoes sockets, and thinks long. */
async function startBackEnd() {
  const seen = { body: 0, headers: {} };
  let next;
  const server = createServer((incoming, answer) => {
    const { pathname } = new URL(incoming.url, 'http://back');
    seen.headers = incoming.headers;
    if (pathname === '/take') {
      seen.body = 0;
      incoming.on('data', (piece) => {
        seen.body += piece.length;
      });
      incoming.on('end', () => answer.end());
      // A proxy that refuses the rest hangs up.
      incoming.on('error', () => {});
    } else if (pathname === '/events') {
      answer.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      answer.write('data: first\n\n');
      // The second is told when somebody has heard the first: whoever keeps it back waits for ever.
      next = () => answer.end('data: second\n\n');
    } else if (pathname === '/heard') {
      next?.();
      answer.end();
    } else if (pathname === '/slow') {
      setTimeout(() => answer.end('late'), SLOW_SECONDS * 1000);
    } else answer.end('here');
  });
  server.requestTimeout = 0;
  server.on('upgrade', (incoming, socket) => {
    socket.on('error', () => {});
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: ${incoming.headers.upgrade}\r\n\r\n`,
    );
    socket.pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: server.address().port, seen, close: () => server.close() };
}

/** A request over TLS, whoever signed the certificate. */
function ask(port, path, options = {}) {
  const outgoing = request({
    host: '127.0.0.1',
    servername: 'localhost',
    port,
    path,
    rejectUnauthorized: false,
    agent: false,
    timeout: Math.max(LIMIT_MS, SLOW_SECONDS * 2000),
    ...options,
    headers: { host: `localhost:${port}`, ...options.headers },
  });
  outgoing.on('timeout', () => outgoing.destroy(new Error(`${path}: nothing came`)));
  return outgoing;
}

async function answered(outgoing) {
  outgoing.end();
  const [response] = await once(outgoing, 'response');
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

/** @returns status of the answer to so many bytes; 0 where the connection was closed instead */
async function send(port, bytes) {
  const outgoing = ask(port, '/take', { method: 'POST', headers: { 'content-length': bytes } });
  outgoing.on('error', () => {});
  const status = once(outgoing, 'response').then(
    ([response]) => response.resume().statusCode,
    () => 0,
  );
  const over = new AbortController();
  status.then(() => over.abort());
  const piece = Buffer.alloc(PIECE);
  for (let sent = 0; sent < bytes && !over.signal.aborted; sent += PIECE) {
    if (!outgoing.write(piece)) await once(outgoing, 'drain', { signal: over.signal }).catch(() => {});
  }
  if (!over.signal.aborted) outgoing.end();
  const code = await status;
  outgoing.destroy();
  return code;
}

async function eventsComeOneByOne(port) {
  const outgoing = ask(port, '/events');
  outgoing.end();
  const [response] = await once(outgoing, 'response');
  const pieces = response[Symbol.asyncIterator]();
  let told = `${(await pieces.next()).value}`;
  await answered(ask(port, '/heard'));
  for (let piece = await pieces.next(); !piece.done; piece = await pieces.next()) told += piece.value;
  return told === 'data: first\n\ndata: second\n\n';
}

async function socketsPass(port) {
  const outgoing = ask(port, '/v1/stream', { headers: { connection: 'Upgrade', upgrade: 'websocket' } });
  outgoing.end();
  const [, socket] = await once(outgoing, 'upgrade');
  socket.write('there and back');
  const [echo] = await once(socket, 'data');
  socket.destroy();
  return `${echo}` === 'there and back';
}

/** What a proxy must let through, and what not: each with what came of it. */
async function tryProxy(port, backEnd) {
  const forged = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'http' };
  const plain = await answered(ask(port, '/', { headers: forged }));
  const { headers } = backEnd.seen;
  return {
    'passes a request on': plain.status === 200 && plain.body === 'here',
    'says that it came over TLS, whatever the sender says': headers['x-forwarded-proto'] === 'https',
    'names the sender itself': headers['x-forwarded-for'] === '127.0.0.1',
    'keeps the name that was asked for': headers.host === `localhost:${port}`,
    [`takes ${BODY / 1e6} MB`]: (await send(port, BODY)) === 200 && backEnd.seen.body === BODY,
    [`refuses ${TOO_LARGE / 1e6} MB`]: (await send(port, TOO_LARGE)) !== 200,
    'passes events on one by one': await eventsComeOneByOne(port),
    'passes sockets on': await socketsPass(port),
    [`waits ${SLOW_SECONDS} seconds for an answer`]: (await answered(ask(port, '/slow'))).body === 'late',
  };
}

const read = (name) => readFileSync(join(root, 'deploy', 'proxy', name), 'utf8');

/** Replaces what is there once. */
function put(where, what, instead) {
  if (where.split(what).length !== 2) throw new Error(`"${what}" is not there once`);
  return where.replace(what, () => instead);
}

function nginx(folder, port, upstream, spare) {
  const certificate = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'];
  spawnSync('openssl', [...certificate, '-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')]);
  let site = read('nginx.conf');
  site = put(site, '127.0.0.1:47616', `127.0.0.1:${upstream}`);
  site = put(
    site,
    '    listen 443 ssl http2;\n    listen [::]:443 ssl http2;',
    `    listen 127.0.0.1:${port} ssl http2;`,
  );
  site = put(site, '    listen 80;\n    listen [::]:80;', `    listen 127.0.0.1:${spare};`);
  site = put(site, '/etc/ssl/touchstone/fullchain.pem', join(folder, 'cert.pem'));
  site = put(site, '/etc/ssl/touchstone/privkey.pem', join(folder, 'key.pem'));
  writeFileSync(join(folder, 'site.conf'), site);
  const own = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((one) => `${one}_temp_path ${folder}/${one};`);
  const around = `daemon off; pid ${folder}/pid; error_log stderr warn; events {}
http { access_log off; ${own.join(' ')} include ${folder}/site.conf; }`;
  writeFileSync(join(folder, 'nginx.conf'), around);
  return { command: 'nginx', args: ['-p', folder, '-c', join(folder, 'nginx.conf')], env: {} };
}

function caddy(folder, port, upstream, spare) {
  const alone = `{\n\tadmin off\n\tskip_install_trust\n\tauto_https disable_redirects\n\tservers {`;
  const file = put(put(read('Caddyfile'), '{\n\tservers {', alone), 'http://:2020', `http://127.0.0.1:${spare}`);
  writeFileSync(join(folder, 'Caddyfile'), file);
  const env = {
    TOUCHSTONE_SITE: `https://localhost:${port}`,
    TOUCHSTONE_UPSTREAM: `127.0.0.1:${upstream}`,
    HOME: folder,
  };
  const own = { XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  const args = ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')];
  return { command: 'caddy', args, env: { ...env, ...own } };
}

async function until(port, child) {
  for (const start = Date.now(); Date.now() - start < START_MS && child.exitCode === null; await wait(100)) {
    const socket = connect(port, '127.0.0.1');
    const there = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (there) return;
  }
  throw new Error('the proxy did not start');
}

/** Starts the real program with the file that is shipped, and tries it. @returns whether everything came through as it must */
async function tryWith(name, configured) {
  const folder = mkdtempSync(join(tmpdir(), `touchstone-${name}-`));
  const backEnd = await startBackEnd();
  const [port, spare] = [await freePort(), await freePort()];
  const { command, args, env } = configured(folder, port, backEnd.port, spare);
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (piece) => {
    said = `${said}${piece}`.slice(-4000);
  });
  try {
    await Promise.race([until(port, child), once(child, 'error').then(([error]) => Promise.reject(error))]);
    const found = Object.entries(await tryProxy(port, backEnd));
    for (const [what, passed] of found) console.log(`${passed ? 'passed' : 'FAILED'}  ${name} ${what}`);
    return found.every(([, passed]) => passed);
  } catch (error) {
    console.error(said);
    throw error;
  } finally {
    child.kill('SIGTERM');
    backEnd.close();
    await wait(500);
    rmSync(folder, { recursive: true, force: true });
  }
}

const PROXIES = { nginx, caddy };

/** `node scripts/try-proxies.mjs [nginx] [caddy]`: the files of deploy/proxy in the real programs, which are installed where that needs no question. */
async function tryProxies(chosen) {
  const missing = Object.keys(PROXIES).filter((name) => spawnSync(name, ['-v'], { stdio: 'ignore' }).error);
  if (missing.length > 0 && canInstall()) await installPackagesOfDebian(missing);
  let passed = true;
  for (const [name, configured] of Object.entries(PROXIES)) {
    if (chosen.length === 0 || chosen.includes(name)) passed = (await tryWith(name, configured)) && passed;
  }
  return passed;
}

try {
  process.exitCode = (await tryProxies(process.argv.slice(2))) ? 0 : 1;
} catch (error) {
  explainFailure(error);
  process.exitCode = 1;
}
