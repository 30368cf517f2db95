import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { TouchstoneError } from '@touchstone/shared';
import type { FastifyInstance } from 'fastify';
import { httpStatusOf } from '../../gateway/http-status.ts';
import { refusalOf } from '../../gateway/raw-refusal.ts';

/** Set on every answer of a server that is reached by TLS alone: a year (RFC 6797). */
const HSTS = 'max-age=31536000';

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/**
 * Reads who may stand before the server: addresses, or networks as `10.0.0.0/8`.
 * @throws TouchstoneError `config-invalid`
 */
export function readProxies(given: readonly string[]): BlockList {
  const proxies = new BlockList();
  for (const one of given) {
    const [address = '', bits] = one.split('/', 2);
    const most = familyOf(address) === 'ipv6' ? 128 : 32;
    const length = bits === undefined ? most : Number(bits);
    if (isIP(address) === 0 || !Number.isInteger(length) || length < 1 || length > most) {
      throw new TouchstoneError('config-invalid', `${one} is no address of a proxy`, {
        nextStep: 'Give --behind-proxy the address from which the proxy connects, such as 127.0.0.1 or 10.0.0.0/8.',
      });
    }
    proxies.addSubnet(address, length, familyOf(address));
  }
  return proxies;
}

/** IPv4 as a socket of IPv6 tells it. */
const plain = (address: string | undefined): string => (address ?? '').replace(/^::ffff:/, '');

/**
 * Takes connections of the proxies alone, and of them only what came to them over TLS: without a proxy in between nobody speaks to the
 * server in the clear.
 */
export function behindProxies(app: Pick<FastifyInstance, 'routing'>, proxies: BlockList | undefined) {
  const isProxy = (address: string | undefined): boolean => {
    const known = plain(address);
    return proxies?.check(known, familyOf(known)) ?? true;
  };
  const isCovered = (request: IncomingMessage): boolean =>
    proxies === undefined || request.headers['x-forwarded-proto'] === 'https';
  return {
    /** Whether a request came over TLS. */
    isCovered,
    watch(server: Server): void {
      server.on('connection', (socket) => {
        if (!isProxy(socket.remoteAddress)) socket.destroy();
      });
    },
    routing(request: IncomingMessage, response: ServerResponse): void {
      response.setHeader('strict-transport-security', HSTS);
      if (isCovered(request)) {
        app.routing(request, response);
        return;
      }
      const { body, headers } = refusalOf('bad-request', { target: request.url });
      response.writeHead(httpStatusOf('bad-request'), headers).end(body);
    },
  };
}
