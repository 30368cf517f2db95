import { MAX_CAPTURE_BYTES, type ResultRecord, TouchstoneError } from '@touchstone/shared';
import { browser } from 'wxt/browser';
import type { Request } from '../../messaging/requests.ts';
import type { Companion } from '../connection/companion.ts';

/** What a page of the extension may name: a file that a person gave it, or one that the extension ships. */
export function isOwnFile(url: string, ownRoot: string): boolean {
  return url.startsWith(ownRoot) || url.startsWith(`blob:${ownRoot}`);
}

/**
 * Checks a file that a page of the extension has in hand. Its address goes between them, not its bytes: a message may not be as
 * large as a file.
 * @throws TouchstoneError `too-large`, `file-unreadable`, or as any check
 */
export async function checkFile(
  { url, fileName, private: hidden }: Extract<Request, { type: 'check-file' }>,
  companion: Pick<Companion, 'check'>,
): Promise<ResultRecord> {
  if (!isOwnFile(url, browser.runtime.getURL(''))) throw new TouchstoneError('unauthorized');
  const blob = await fetch(url)
    .then((response) => response.blob())
    .catch((cause: unknown) => {
      throw new TouchstoneError('file-unreadable', 'the page has let it go', { cause });
    });
  if (blob.size > MAX_CAPTURE_BYTES) throw new TouchstoneError('too-large');
  return companion.check({
    lane: 'asked',
    bytes: new Uint8Array(await blob.arrayBuffer()),
    fresh: false,
    source: { kind: 'image', path: 'file', fileName, private: hidden },
    signal: new AbortController().signal,
    onStage: () => undefined,
  });
}
