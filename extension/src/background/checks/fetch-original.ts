import { MAX_CAPTURE_BYTES, TouchstoneError, throwIfCancelled } from '@touchstone/shared';
import { PICTURE_HEAD_BYTES, pictureKind } from '@touchstone/shared/media';
import { withLocalAddress, withReferer } from './fetch-rules.ts';
import { isLocalHost, mayFetch } from './private-network.ts';
import { refererFor } from './referer.ts';

export interface Original {
  readonly url: string;
  /** Address of the frame that shows the picture. */
  readonly frameUrl: string | undefined;
  /** Cookies go along, and the local network may be reached: a person asked for this very picture. */
  readonly byPerson: boolean;
}

/** A picture that takes longer than this is not coming. */
const FETCH_TIMEOUT_MS = 20_000;

/** What browsers send for pictures, so that a server that chooses the format sends the file that the page shows. */
const ACCEPT = 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8';

/**
 * The picture's file as its server sends it.
 * @returns undefined where the address gives no picture to this extension (then the page may still have the pixels)
 * @throws TouchstoneError `too-large`, `cancelled`
 */
export async function fetchOriginal(
  { url: address, frameUrl, byPerson }: Original,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (!mayFetch(url, frameUrl, byPerson)) return undefined;
  const attempt = (cache: RequestCache) => {
    const once = () => fetchOnce(url, frameUrl, byPerson, cache, signal);
    return isLocalHost(url.hostname) && url.protocol !== 'data:' ? withLocalAddress(url, once) : once();
  };
  const bytes = await attempt('force-cache');
  if (bytes || url.protocol === 'data:') return bytes;
  // Hot-link protection answers with an error or a page of its own, unless the picture's page is named. The cache holds
  // that first answer now.
  const referer = refererFor(url, frameUrl);
  return referer === undefined ? undefined : withReferer(url, referer, () => attempt('reload'));
}

async function fetchOnce(
  url: URL,
  frameUrl: string | undefined,
  byPerson: boolean,
  cache: RequestCache,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const timeout = AbortSignal.timeout(FETCH_TIMEOUT_MS);
  try {
    const response = await fetch(url, {
      credentials: byPerson ? 'include' : 'omit',
      cache,
      headers: { accept: ACCEPT },
      signal: AbortSignal.any([signal, timeout]),
    });
    // The browser's rule stops redirects into the local network; where it does not know the rule, nothing is read.
    const final = URL.canParse(response.url) ? new URL(response.url) : url;
    if (!response.ok || !mayFetch(final, frameUrl, byPerson)) return await refuse(response);
    return await readPicture(response);
  } catch (error) {
    if (error instanceof TouchstoneError) throw error;
    throwIfCancelled(signal);
    return undefined;
  }
}

async function refuse(response: Response): Promise<undefined> {
  await response.body?.cancel();
  return undefined;
}

/** Reads a body as long as it looks like a picture and stays within the limit. */
export async function readPicture(response: Response): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (Number(response.headers.get('content-length')) > MAX_CAPTURE_BYTES) {
    await response.body?.cancel();
    throw new TouchstoneError('too-large');
  }
  if (!response.body) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  let known = false;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    size += value.byteLength;
    if (size > MAX_CAPTURE_BYTES) {
      await reader.cancel();
      throw new TouchstoneError('too-large');
    }
    if (!known && size >= PICTURE_HEAD_BYTES) {
      known = true;
      if (!pictureKind(join(chunks, size))) {
        await reader.cancel();
        return undefined;
      }
    }
  }
  const bytes = join(chunks, size);
  return size > 0 && (known || pictureKind(bytes)) ? bytes : undefined;
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}
