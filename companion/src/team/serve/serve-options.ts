import { readFileSync } from 'node:fs';
import type { BlockList } from 'node:net';
import { isIP } from 'node:net';
import { TouchstoneError } from '@touchstone/shared';
import type { TlsKeys } from '../../gateway/http-server.ts';
import { readDatabaseAddress, readListen, readPublicAddress, readSetting } from '../addresses.ts';
import { readIssuer } from '../people/oidc.ts';
import { readProxies } from './trusted-proxy.ts';

/** As the command line and the environment give it. */
export interface GivenServeOptions {
  readonly url?: string;
  readonly listen?: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly behindProxy?: readonly string[];
  readonly passkeys?: boolean;
  readonly oidcIssuer?: string;
  readonly oidcClient?: string;
  readonly oidcName?: string;
  readonly database?: string;
  readonly content?: string;
}

/** How people come in. */
export interface ServeDoor {
  readonly address: URL;
  readonly host: string;
  readonly port: number;
  readonly tls?: TlsKeys | undefined;
  readonly proxies?: BlockList | undefined;
  readonly passkeys: boolean;
  readonly oidc?:
    | {
        readonly issuer: string;
        readonly clientId: string;
        readonly clientSecret?: string | undefined;
        readonly name: string;
      }
    | undefined;
}

/** Where it listens until somebody says otherwise: a proxy on this machine reaches it there, and nobody else. */
const DEFAULT_LISTEN = '127.0.0.1:47616';

const invalid = (detail: string, nextStep: string): TouchstoneError =>
  new TouchstoneError('config-invalid', detail, { nextStep });

function readPem(flag: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw invalid(`--${flag}: ${String(error)}`, `Give --${flag} a PEM file that this user may read.`);
  }
}

/** What keeps what is said between people and the server from others. */
function readCover(given: GivenServeOptions): Pick<ServeDoor, 'tls' | 'proxies'> {
  const { TOUCHSTONE_TLS_CERT, TOUCHSTONE_TLS_KEY, TOUCHSTONE_BEHIND_PROXY } = process.env;
  const [cert, key] = [given.tlsCert ?? TOUCHSTONE_TLS_CERT, given.tlsKey ?? TOUCHSTONE_TLS_KEY];
  const proxies = given.behindProxy ?? TOUCHSTONE_BEHIND_PROXY?.split(/[\s,]+/).filter((one) => one !== '') ?? [];
  if (Boolean(cert) !== Boolean(key))
    throw invalid('a certificate and its key go together', 'Give both --tls-cert and --tls-key.');
  if (cert && key && proxies.length > 0)
    throw invalid(
      'a certificate and a proxy',
      'Give --tls-cert and --tls-key, or --behind-proxy where a proxy has the certificate.',
    );
  if (cert && key) return { tls: { cert: readPem('tls-cert', cert), key: readPem('tls-key', key) } };
  if (proxies.length > 0) return { proxies: readProxies(proxies) };
  throw invalid(
    'nothing keeps what people send from others: there is neither a certificate nor a proxy',
    'Give --tls-cert and --tls-key, or with --behind-proxy the address of the proxy that has the certificate.',
  );
}

function readSignIn(given: GivenServeOptions, address: URL): Pick<ServeDoor, 'passkeys' | 'oidc'> {
  const { TOUCHSTONE_PASSKEYS, TOUCHSTONE_OIDC_ISSUER, TOUCHSTONE_OIDC_SECRET, TOUCHSTONE_OIDC_NAME } = process.env;
  const passkeys = given.passkeys ?? TOUCHSTONE_PASSKEYS === '1';
  const issuer = given.oidcIssuer ?? TOUCHSTONE_OIDC_ISSUER;
  if (!passkeys && !issuer) {
    throw invalid(
      'nobody could sign in: there are neither passkeys nor an OpenID Connect provider',
      'Give --passkeys, or --oidc-issuer and --oidc-client.',
    );
  }
  if (passkeys && isIP(address.hostname.replace(/^\[|\]$/g, '')) !== 0)
    throw invalid(
      `passkeys need a name, and ${address.hostname} is an address`,
      'Give --url a name, or leave --passkeys out.',
    );
  if (!issuer) return { passkeys };
  const { host } = readIssuer(issuer);
  const clientId = readSetting('oidc-client', given.oidcClient, 'TOUCHSTONE_OIDC_CLIENT');
  const name = given.oidcName ?? TOUCHSTONE_OIDC_NAME ?? host;
  return { passkeys, oidc: { issuer, clientId, clientSecret: TOUCHSTONE_OIDC_SECRET || undefined, name } };
}

/**
 * Reads how people come in; a flag outweighs the environment.
 * @throws TouchstoneError `config-invalid`, each with what to give
 */
export function readServeOptions(
  given: GivenServeOptions,
): ServeDoor & { readonly database: string; readonly content: string } {
  const address = readPublicAddress(given.url);
  return {
    address,
    ...readListen('listen', given.listen ?? process.env.TOUCHSTONE_LISTEN ?? DEFAULT_LISTEN),
    ...readCover(given),
    ...readSignIn(given, address),
    database: readDatabaseAddress(given.database),
    content: readSetting('content', given.content, 'TOUCHSTONE_CONTENT'),
  };
}
