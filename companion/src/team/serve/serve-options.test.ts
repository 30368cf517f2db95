import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../gateway/fixtures/test-companion.ts';
import { type GivenServeOptions, readServeOptions } from './serve-options.ts';

const GOOD: GivenServeOptions = {
  url: 'https://desk.example',
  behindProxy: ['127.0.0.1'],
  passkeys: true,
  database: 'postgres://127.0.0.1/team',
  content: '/srv/touchstone',
};

beforeEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith('TOUCHSTONE_')) vi.stubEnv(name, undefined);
});
afterEach(() => vi.unstubAllEnvs());

/** Options without some of them. */
function without(...names: readonly (keyof GivenServeOptions)[]): GivenServeOptions {
  return Object.fromEntries(Object.entries(GOOD).filter(([name]) => !names.some((one) => one === name)));
}

it('reads what is given, and listens on loopback alone until somebody says otherwise', () => {
  const { address, host, port, proxies, passkeys, oidc } = readServeOptions(GOOD);
  expect([address.origin, host, port, passkeys, oidc]).toEqual([
    'https://desk.example',
    '127.0.0.1',
    47_616,
    true,
    undefined,
  ]);
  expect([proxies?.check('127.0.0.1'), proxies?.check('127.0.0.2')]).toEqual([true, false]);
  expect(readServeOptions({ ...GOOD, listen: '[::]:443' })).toMatchObject({ host: '::', port: 443 });
});

it('reads the environment where no flag is given', () => {
  vi.stubEnv('TOUCHSTONE_URL', 'https://desk.example:8443');
  vi.stubEnv('TOUCHSTONE_BEHIND_PROXY', '10.0.0.0/8, fd00::/8');
  vi.stubEnv('TOUCHSTONE_OIDC_ISSUER', 'https://sign-in.example/realms/desk');
  vi.stubEnv('TOUCHSTONE_OIDC_CLIENT', 'touchstone');
  vi.stubEnv('TOUCHSTONE_OIDC_SECRET', 'secret');
  const { address, proxies, passkeys, oidc } = readServeOptions(without('url', 'behindProxy', 'passkeys'));
  expect([address.host, passkeys]).toEqual(['desk.example:8443', false]);
  expect([proxies?.check('10.1.2.3'), proxies?.check('fd00::1', 'ipv6'), proxies?.check('127.0.0.1')]).toEqual([
    true,
    true,
    false,
  ]);
  expect(oidc).toEqual({
    issuer: 'https://sign-in.example/realms/desk',
    clientId: 'touchstone',
    clientSecret: 'secret',
    name: 'sign-in.example',
  });
});

it.each<readonly [string, GivenServeOptions, string]>([
  ['no address', without('url'), '--url'],
  ['an address without TLS', { ...GOOD, url: 'http://desk.example' }, 'https://'],
  ['an address with a path', { ...GOOD, url: 'https://desk.example/touchstone' }, 'nothing behind it'],
  ['neither a certificate nor a proxy', without('behindProxy'), '--tls-cert'],
  [
    'a certificate without its key',
    { ...without('behindProxy'), tlsCert: 'cert.pem' },
    'both --tls-cert and --tls-key',
  ],
  ['a certificate and a proxy', { ...GOOD, tlsCert: 'cert.pem', tlsKey: 'key.pem' }, '--behind-proxy'],
  [
    'a certificate that cannot be read',
    { ...without('behindProxy'), tlsCert: '/nowhere/cert.pem', tlsKey: '/nowhere/key.pem' },
    '--tls-cert',
  ],
  ['a proxy that is no address', { ...GOOD, behindProxy: ['proxy.example'] }, '--behind-proxy'],
  ['everybody as a proxy', { ...GOOD, behindProxy: ['0.0.0.0/0'] }, '--behind-proxy'],
  ['no way to sign in', without('passkeys'), '--passkeys'],
  ['passkeys for a bare address', { ...GOOD, url: 'https://10.0.0.1' }, '--url a name'],
  ['a provider without TLS', { ...GOOD, oidcIssuer: 'http://sign-in.example', oidcClient: 'touchstone' }, 'https://'],
  ['a provider that does not know it', { ...GOOD, oidcIssuer: 'https://sign-in.example' }, 'oidc-client'],
  ['a place to listen that is none', { ...GOOD, listen: 'everywhere' }, '--listen'],
  ['no database', without('database'), 'TOUCHSTONE_DATABASE'],
  ['no place for pictures', without('content'), 'TOUCHSTONE_CONTENT'],
])('does not start with %s, and says what to give', (_, given, words) => {
  expect(() => readServeOptions(given)).toThrow(
    expect.objectContaining({ code: 'config-invalid', nextStep: expect.stringContaining(words) }),
  );
});

it('reads its own certificate and key', async () => {
  const folder = await temporaryFolder();
  const [tlsCert, tlsKey] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  await writeFile(tlsCert, 'a certificate');
  await writeFile(tlsKey, 'a key');
  expect(readServeOptions({ ...without('behindProxy'), tlsCert, tlsKey }).tls).toEqual({
    cert: 'a certificate',
    key: 'a key',
  });
});
