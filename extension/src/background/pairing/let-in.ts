import {
  letInFragment,
  newNonce,
  readLetInLink,
  TouchstoneError,
  toErrorReport,
  verifierHash,
} from '@touchstone/shared';
import { SignInMethods } from '@touchstone/shared/api';
import * as v from 'valibot';
import { browser } from 'wxt/browser';
import { decodeBase64, encodeBase64 } from '../../messaging/bytes.ts';
import { TeamAddress } from '../../messaging/requests.ts';
import { withLocalAddress } from '../checks/fetch-rules.ts';
import { whyUnreachable } from '../connection/why-unreachable.ts';
import type { Agreed } from './join-team.ts';

/** What is under way lies here: the background may sleep meanwhile, and the browser's end ends it too. */
const KEY = 'letIn';

/** As long as the server keeps a code, in milliseconds: signing in takes its time. */
const LET_IN_MS = 10 * 60_000;

/** How long a server may take to say how people sign in, in milliseconds. */
const ANSWER_MS = 10_000;

const UnderWay = v.object({
  address: TeamAddress,
  verifier: v.pipe(v.string(), v.length(44)),
  /** The tab that this extension opened, and no other. */
  tabId: v.number(),
  until: v.number(),
});

/** @throws TouchstoneError `team-not-there` where something else answers; why nothing does */
async function requireServer(address: string): Promise<void> {
  const url = new URL('/api/sign-in', address);
  const ask = () =>
    fetch(url, { cache: 'no-store', credentials: 'omit', redirect: 'error', signal: AbortSignal.timeout(ANSWER_MS) });
  const response = await withLocalAddress(url, ask).catch(() => undefined);
  if (!response) {
    const why = await whyUnreachable(address);
    // It answers, but not to this question.
    throw why.code === 'team-no-stream' ? new TouchstoneError('team-not-there', why.message) : why;
  }
  const methods: unknown = await response.json().catch(() => undefined);
  if (!response.ok || !v.is(SignInMethods, methods)) throw new TouchstoneError('team-not-there', `${response.status}`);
}

/**
 * Begins to be let in: opens the server's own page in a tab, where its person signs in and agrees.
 * @param address `https://host[:port]`
 * @throws TouchstoneError `team-not-there`, `team-unreachable`, `team-certificate`
 */
export async function beginLetIn(address: string, now: () => number = Date.now): Promise<void> {
  await requireServer(address);
  const verifier = newNonce();
  const fragment = letInFragment({ step: 'asked', hash: await verifierHash(verifier) });
  const { id: tabId } = await browser.tabs.create({ url: 'about:blank' });
  if (tabId === undefined) throw new TouchstoneError('internal', 'no tab opened');
  const underWay = { address, verifier: encodeBase64(verifier), tabId, until: now() + LET_IN_MS };
  await browser.storage.session.set({ [KEY]: underWay });
  await browser.tabs.update(tabId, { url: `${address}/${fragment}` });
}

/**
 * Takes the code that a server's page gives: from the tab that this extension opened alone, at the address that was typed, for as
 * long as it is under way, and once.
 * @returns undefined for everything else
 */
export async function takeCode(
  tabId: number,
  url: string | undefined,
  now: () => number = Date.now,
): Promise<Agreed | undefined> {
  if (url === undefined || !url.startsWith('https://') || !URL.canParse(url)) return undefined;
  const { origin, hash } = new URL(url);
  const link = readLetInLink(hash);
  if (link?.step !== 'code') return undefined;
  const stored = v.safeParse(UnderWay, (await browser.storage.session.get(KEY))[KEY]);
  if (!stored.success) return undefined;
  const { address, verifier, until, tabId: ours } = stored.output;
  if (tabId !== ours || origin !== address) return undefined;
  await browser.storage.session.remove(KEY);
  return now() < until ? { address, code: link.code, verifier: decodeBase64(verifier) } : undefined;
}

/**
 * Listens for codes, and tells the page what became of them.
 * @param join comes in with what was agreed to @throws TouchstoneError
 */
export function watchForCodes(join: (agreed: Agreed) => Promise<void>): void {
  browser.tabs.onUpdated.addListener((tabId, { url }) => {
    void (async () => {
      const agreed = await takeCode(tabId, url);
      if (!agreed) return;
      const outcome = await join(agreed).then(
        () => ({ step: 'done' }) as const,
        (error: unknown) => ({ step: 'failed', code: toErrorReport(error).code }) as const,
      );
      await browser.tabs.update(tabId, { url: `${agreed.address}/${letInFragment(outcome)}` });
    })().catch((error: unknown) => console.error('the page of the server was not told', error));
  });
}
