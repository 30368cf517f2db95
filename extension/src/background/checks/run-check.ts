import { type CapturePath, type ErrorCode, type Lane, type ResultRecord, TouchstoneError } from '@touchstone/shared';
import type { BackgroundMessage } from '../../messaging/background-messages.ts';
import { fromWire } from '../../messaging/bytes.ts';
import type { Pixels, ScreenRect } from '../../messaging/content-messages.ts';
import type { Companion } from '../connection/companion.ts';
import { whyNotNow } from '../connection/connection-state.ts';
import { type Asker, sourceOf } from './check-source.ts';
import { fetchOriginal } from './fetch-original.ts';
import { createFetchSlots } from './fetch-slots.ts';
import { intoTab } from './frame-places.ts';
import { createRecentResults } from './recent-results.ts';
import { screenshot } from './screenshot.ts';
import { createSharedWork } from './shared-work.ts';

export type CheckStage = Extract<BackgroundMessage, { type: 'progress' }>['stage'];

export interface Check {
  readonly asker: Asker;
  readonly lane: Lane;
  readonly url?: string;
  readonly pageTitle: string;
  readonly credentials: boolean;
  readonly fresh: boolean;
  readonly pixels?: Pixels;
  readonly signal: AbortSignal;
  readonly onStage: (stage: CheckStage) => void;
  /** Asks the page for what the background could not fetch. */
  readonly needPixels: () => Promise<{ readonly pixels?: Pixels; readonly rect?: ScreenRect }>;
}

interface Capture {
  readonly path: CapturePath;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mediaTime?: number;
}

export interface Checks {
  /** @throws TouchstoneError why there is no verdict */
  run(check: Check): Promise<ResultRecord>;
  /** The packs changed or records were deleted: earlier answers no longer stand. */
  forget(): void;
}

/** What the companion answers about bytes that it cannot read, but that the browser may have drawn all the same. */
const UNREADABLE: ReadonlySet<string> = new Set<ErrorCode>([
  'broken-picture',
  'unsupported-format',
  'heic-refused',
  'hdr-refused',
  'too-many-pixels',
  'too-long',
  'decode-limit',
]);

/** Addresses longer than this (`data:`) are told apart by their bytes. */
const LONGEST_KEY = 8_192;

async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** From a question about a picture to its verdict: bytes by the best path, each picture sent once. */
export function createChecks(companion: Companion): Checks {
  const slots = createFetchSlots();
  const recent = createRecentResults();
  const fetches = createSharedWork<never, Uint8Array<ArrayBuffer> | undefined>();
  const judgements = createSharedWork<CheckStage, ResultRecord>();

  /** Cookies go along, and the local network may be reached. */
  const byPerson = ({ credentials, lane }: Check): boolean => credentials && lane === 'asked';

  /** Private windows share nothing with others, and cookies may show another picture at the same address. */
  const keyOf = (check: Check): string | undefined => {
    const { asker, url } = check;
    if (url === undefined || url.length > LONGEST_KEY) return undefined;
    return `${asker.incognito ? 'private' : 'open'} ${byPerson(check) ? 'include' : 'omit'} ${url}`;
  };

  const original = async (check: Check): Promise<Capture | undefined> => {
    const { url, asker, signal } = check;
    if (url === undefined) return undefined;
    check.onStage('fetching');
    const fetching = (stop: AbortSignal) =>
      fetchOriginal({ url, frameUrl: asker.frameUrl, byPerson: byPerson(check) }, stop);
    const key = keyOf(check);
    // Who may fetch depends on the page, so pages of different hosts do not share a refusal.
    const bytes = key
      ? await fetches.join(`${key} ${hostOf(asker.frameUrl)}`, signal, () => undefined, fetching)
      : await fetching(signal);
    return bytes && { path: 'original-bytes', bytes };
  };

  const fromPage = async (check: Check): Promise<Capture> => {
    const { pixels, rect } = await check.needPixels();
    if (pixels) return captureOf(pixels);
    // Automatic checks take no screenshots: the overlay would blink, and two a second are far too few.
    if (!rect || check.lane === 'bulk') throw new TouchstoneError('picture-gone');
    const { tabId, frameId } = check.asker;
    const inTab = await intoTab(rect, tabId, frameId);
    if (!inTab) throw new TouchstoneError('picture-gone', 'the place of the frame is unknown');
    return { path: 'screenshot', bytes: await screenshot(tabId, inTab, check.signal) };
  };

  const judge = async (check: Check, { path, bytes, mediaTime }: Capture): Promise<ResultRecord> => {
    const { asker, lane, fresh, signal, onStage } = check;
    const hash = `${asker.incognito ? 'private' : 'open'} ${await hashOf(bytes)}`;
    const known = lane === 'bulk' && !fresh ? recent.get(hash) : undefined;
    const url = check.url;
    const source = {
      path,
      pageTitle: check.pageTitle,
      ...(url !== undefined && { url }),
      ...(mediaTime !== undefined && { mediaTime }),
    };
    const send = async (stop: AbortSignal, tell: (stage: CheckStage) => void) =>
      companion.check({ lane, bytes, fresh, signal: stop, onStage: tell, source: await sourceOf(asker, source) });
    const record = known ?? (await judgements.join(`${lane} ${fresh} ${hash}`, signal, onStage, send));
    if (mediaTime === undefined) recent.put(hash, record);
    return record;
  };

  /** Where its bytes are refused, a picture is judged once by what the page shows; the path tells, and becomes a caveat. */
  const judgeOriginal = async (check: Check, bytes: Capture): Promise<ResultRecord> => {
    try {
      return await judge(check, bytes);
    } catch (refusal) {
      if (!(refusal instanceof TouchstoneError) || !UNREADABLE.has(refusal.code)) throw refusal;
      const shown = await fromPage(check).catch(() => undefined);
      if (!shown) throw refusal;
      return judge(check, shown);
    }
  };

  return {
    async run(check) {
      // Nothing is fetched for a companion that cannot answer; a person's question waits while it may be started.
      const refusal = whyNotNow(companion.state, check.lane);
      if (refusal) throw refusal;
      if (check.pixels) return judge(check, captureOf(check.pixels));
      // An address can show another picture than it did: only its bytes, mostly from the browser's cache, tell.
      return slots.run(check.lane, check.signal, async () => {
        const bytes = await original(check);
        return bytes ? judgeOriginal(check, bytes) : judge(check, await fromPage(check));
      });
    },
    forget: () => recent.clear(),
  };
}

function captureOf({ path, bytes, mediaTime }: Pixels): Capture {
  return { path, bytes: fromWire(bytes), ...(mediaTime !== undefined && { mediaTime }) };
}

function hostOf(url: string | undefined): string {
  return url !== undefined && URL.canParse(url) ? new URL(url).host : '';
}
