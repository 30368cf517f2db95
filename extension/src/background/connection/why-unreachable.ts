import { TouchstoneError } from '@touchstone/shared';
import { browser } from 'wxt/browser';
import { withLocalAddress } from '../checks/fetch-rules.ts';

/** How long an answer is waited for, in milliseconds. */
const ANSWER_MS = 10_000;

/** The browser's word about a failed request comes within this time after the failure. Milliseconds. */
const WORD_MS = 500;

/** Chromium names its errors; those that begin so are about the certificate. */
const CHROMIUM_CERTIFICATE = /^net::ERR_(CERT|SSL|BAD_SSL)/;

/** Firefox names those of the network so, and tells those of certificates in words. */
const FIREFOX_NETWORK = /^NS_/;

const isOfCertificate = (word: string): boolean =>
  word.startsWith('net::') ? CHROMIUM_CERTIFICATE.test(word) : !FIREFOX_NETWORK.test(word);

/**
 * Hears what the browser says about failed requests to one host; nothing without the optional permission for it, which is asked for
 * when a team's server is chosen.
 */
function listen(hostname: string, signal: AbortSignal): () => Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const hear = ({ error }: { readonly error: string }): void => resolve(error);
  const event = browser.webRequest?.onErrorOccurred;
  event?.addListener(hear, { urls: [`https://${hostname}/*`] });
  signal.addEventListener('abort', () => event?.removeListener(hear), { once: true });
  const late = () => new Promise<undefined>((done) => setTimeout(done, WORD_MS, undefined));
  return () => (event ? Promise.race([promise, late()]) : Promise.resolve(undefined));
}

/**
 * Why no socket to a team's server opens: a socket itself says nothing, so a plain question is asked.
 * @param address `https://host[:port]`
 */
export async function whyUnreachable(address: string): Promise<TouchstoneError> {
  const url = new URL('/health', address);
  const over = new AbortController();
  const word = listen(url.hostname, over.signal);
  const ask = () =>
    fetch(url, { cache: 'no-store', credentials: 'omit', redirect: 'manual', signal: AbortSignal.timeout(ANSWER_MS) });
  try {
    const response = await withLocalAddress(url, ask);
    await response?.body?.cancel();
    return new TouchstoneError('team-no-stream', `${response?.status}`);
  } catch (cause) {
    const said = await word();
    const ofCertificate = said !== undefined && isOfCertificate(said);
    return new TouchstoneError(ofCertificate ? 'team-certificate' : 'team-unreachable', said ?? String(cause), {
      cause,
    });
  } finally {
    over.abort();
  }
}
