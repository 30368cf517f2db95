import { afterAll, beforeAll } from 'vitest';
import { pairThroughPage } from './actions.ts';
import { type ChromiumOptions, type ChromiumSession, launchChromium } from './chromium.ts';
import { type Companion, startCompanion } from './companion.ts';
import { checkEverywhere } from './gallery.ts';
import { type Site, startSite } from './site.ts';
import { useSmallPacks } from './small-packs.ts';

/** What the tests of one file share. */
export interface PairedChromium {
  readonly companion: Companion;
  readonly site: Site;
  readonly session: ChromiumSession;
}

export interface PairedChromiumOptions extends Omit<ChromiumOptions, 'publicPorts'> {
  /** Puts the pages on the site that the tests visit. */
  serve(site: Site): Promise<void>;
  /** Whether pages are checked without being asked. */
  readonly everywhere?: boolean;
}

/** A companion, a website and a Chromium that is paired, there before the tests of the file that calls this, and gone after them. */
export function usePairedChromium({ serve, everywhere = false, ...browser }: PairedChromiumOptions): PairedChromium {
  const closing: (() => Promise<unknown>)[] = [];
  let open: PairedChromium | undefined;
  beforeAll(async () => {
    const [companion, site] = await Promise.all([startCompanion(useSmallPacks), startSite()]);
    closing.push(
      () => companion.dispose(),
      () => site.close(),
    );
    await serve(site);
    const session = await launchChromium({ ...browser, publicPorts: [site.port] });
    closing.push(() => session.close());
    await pairThroughPage(session, companion);
    if (everywhere) await checkEverywhere(session);
    open = { companion, site, session };
  });
  // The browser first: what it still asks for is answered.
  afterAll(async () => {
    for (const close of closing.toReversed()) await close();
  });
  const now = () => {
    if (!open) throw new Error('the browser is there once the tests run');
    return open;
  };
  return {
    get companion() {
      return now().companion;
    },
    get site() {
      return now().site;
    },
    get session() {
      return now().session;
    },
  };
}
