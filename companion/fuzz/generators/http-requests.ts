import type { SeededRandom } from '../fuzz-target.ts';

const METHODS = [
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'CONNECT',
  'get',
  'PRI',
  'G\0T',
  '',
];

/** Methods and addresses of the API and of pages, with places for what chance puts there. */
const ROUTES = [
  'GET /',
  'GET /pair',
  'GET /open',
  'GET /api/status',
  'GET /api/settings',
  'PATCH /api/settings',
  'GET /api/browsers',
  'DELETE /api/browsers/X',
  'POST /api/session',
  'POST /api/check?fileName=X',
  'POST /api/check-video?fileName=X',
  'POST /api/history/query',
  'GET /api/history/facets',
  'POST /api/history/delete',
  'POST /api/history/export',
  'POST /api/history/verify',
  'GET /api/history/records/X',
  'GET /api/history/records/X/thumbnail',
  'GET /api/history/records/X/peaks/X',
  'GET /api/history/records/X/views/magnifier?x=X&y=X&zoom=X',
  'GET /api/history/records/X/report?format=X',
  'PUT /api/history/records/X/label',
  'GET http://127.0.0.1/api/status',
  'OPTIONS *',
];

const HEADERS = [
  'Host',
  'Origin',
  'Cookie',
  'Content-Type',
  'Content-Length',
  'Transfer-Encoding',
  'Accept-Language',
  'Sec-Fetch-Site',
  'Expect',
  'Upgrade',
  'Connection',
  'Range',
  'If-None-Match',
  'X-Touchstone-Csrf',
];

const ODD = [
  '',
  '0',
  '-1',
  '1e999',
  'NaN',
  '__proto__',
  '%00',
  '%2e%2e%2f',
  '..\\..',
  "' OR 1=1 --",
  '<script>',
  '🦉',
  'a'.repeat(3000),
  'chunked',
  'application/json',
  'text/plain',
  'multipart/form-data; boundary=x',
  '100-continue',
  'websocket',
  'null',
  'bytes=0-,0-,0-',
];

const BODIES = [
  '{}',
  '[]',
  'null',
  '{"ids":["X"]}',
  '{"filter":{"search":"X"}}',
  '{"filter":{"from":1e308,"to":-1e308},"limit":1e9,"before":"X"}',
  '{"format":"csv"}',
  '{"label":"X"}',
  '{"recordingPaused":"X","retentionDays":-1}',
  '{"__proto__":{"access":"public"}}',
  `${'['.repeat(5000)}`,
];

const filled = (text: string, random: SeededRandom): string => text.replaceAll('X', () => random.pick(ODD));

function changed(text: string, random: SeededRandom): string {
  const at = random.int(text.length + 1);
  const byte = String.fromCharCode(random.int(256));
  return random.int(2) === 0 ? text.slice(0, at) + byte + text.slice(at) : text.slice(0, at) + text.slice(at + 1);
}

/** The same address written another way. */
function disguised(target: string, random: SeededRandom): string {
  const at = random.int(Math.max(1, target.length));
  const letter = target.charCodeAt(at) || 47;
  const encoded = `%${letter.toString(16).padStart(2, '0')}`;
  return random.pick([
    target,
    target.slice(0, at) + encoded + target.slice(at + 1),
    `/${target}`,
    target.toUpperCase(),
    `${target}/`,
    `${target};a=b`,
    target.replace('/api', '/x/../api'),
    `http://127.0.0.1${target}`,
  ]);
}

/**
 * The text of one request: a known address with odd values, disguises and headers, sometimes with a byte too many or too few.
 * @param host the right one
 * @param credential line of the right token, which half of the requests carry
 */
export function httpRequest(
  random: SeededRandom,
  host: string,
  credential: string,
): { text: string; trusted: boolean } {
  const trusted = random.int(2) === 0;
  const [usual = 'GET', address = '/'] = filled(random.pick(ROUTES), random).split(' ');
  const target = random.int(3) === 0 ? disguised(address, random) : address;
  const method = random.int(5) === 0 ? random.pick(METHODS) : usual;
  const body = random.int(2) === 0 ? '' : filled(random.pick(BODIES), random);
  const lines = [
    ...(random.int(20) === 0 ? [] : [`Host: ${host}`]),
    ...(trusted ? [credential] : []),
    ...(body === '' ? [] : ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`]),
    ...Array.from({ length: Math.max(0, random.int(5) - 2) }, () => `${random.pick(HEADERS)}: ${random.pick(ODD)}`),
    'Connection: close',
  ];
  const text = `${method} ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
  return { text: random.int(8) === 0 ? changed(text, random) : text, trusted };
}
