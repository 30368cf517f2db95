import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** Where a message is sent: an address of this computer, looked up and checked, which is then the one connected to. */
export interface LocalTarget {
  readonly address: string;
  readonly port: number;
  /** Path and query. */
  readonly path: string;
  /** Value of the Host header. */
  readonly host: string;
}

/** Finds the addresses of a name. */
export type FindAddresses = (name: string) => Promise<readonly string[]>;

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** The only name: any other is a question to somebody's name server, and its answer may change between look-up and use. */
const LOCAL_NAME = 'localhost';

const HTTP_PORT = 80;

/** Ports below it belong to services of the system, but for those of web servers. */
const FIRST_USER_PORT = 1024;
const SYSTEM_WEB_PORTS: readonly number[] = [80, 443];

/** Ports above those whose services may take the lines of a request for commands: "bad ports" of the Fetch standard, and Redis. */
const BAD_PORTS: ReadonlySet<number> = new Set([
  ...[1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6379, 6566],
  ...[6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080],
]);

/** Whether an address is one of this computer in its plain form; 127.0.0.1 in the clothes of IPv6 is none. */
export function isLoopback(address: string): boolean {
  const family = isIP(address);
  if (family === 6) return address === '::1';
  return family === 4 && LOOPBACK.check(address, 'ipv4');
}

const systemLookup: FindAddresses = async (name) => (await lookup(name, { all: true })).map(({ address }) => address);

/**
 * Reads the address of a listener without asking anybody.
 * @param ownPort of the companion
 * @returns why it is refused, in English, or what is left to be looked up
 */
export function readTarget(
  text: string,
  ownPort: number,
): { readonly refusal: string } | { readonly name: string; readonly target: Omit<LocalTarget, 'address'> } {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) return { refusal: 'url: not an address' };
  if (url.protocol !== 'http:') return { refusal: 'url: only http://, it never leaves this computer' };
  if (url.username !== '' || url.password !== '') return { refusal: 'url: no name and password in it' };
  if (url.hash !== '') return { refusal: 'url: no part after #' };
  const name = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (name !== LOCAL_NAME && !isLoopback(name)) {
    return { refusal: 'url: only this computer (localhost, 127.0.0.0/8 or [::1])' };
  }
  const port = url.port === '' ? HTTP_PORT : Number(url.port);
  if (port === ownPort) return { refusal: "url: Touchstone's own port" };
  if (port === 0 || BAD_PORTS.has(port) || (port < FIRST_USER_PORT && !SYSTEM_WEB_PORTS.includes(port))) {
    return { refusal: 'url: no listener can be on this port' };
  }
  return { name, target: { port, path: `${url.pathname}${url.search}`, host: url.host } };
}

/**
 * The address of this computer that a listener is reached at now.
 * @throws Error in English where it is no such address, or not any more
 */
export async function findTarget(
  text: string,
  ownPort: number,
  findAddresses: FindAddresses = systemLookup,
): Promise<LocalTarget> {
  const read = readTarget(text, ownPort);
  if ('refusal' in read) throw new Error(read.refusal);
  const found = isIP(read.name) === 0 ? await findAddresses(read.name) : [read.name];
  const [address] = found;
  // One that is elsewhere spoils them all: which of them would be taken is nothing to rely on.
  if (address === undefined || !found.every(isLoopback)) throw new Error(`${read.name} is not on this computer`);
  return { ...read.target, address };
}
