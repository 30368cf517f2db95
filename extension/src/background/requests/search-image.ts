import type { ExtensionSettings, ImageSearch } from '@touchstone/shared';
import { nextSteps, searchable } from '@touchstone/shared/present';
import { browser } from 'wxt/browser';
import type { TabResult } from '../../messaging/requests.ts';
import type { Asker } from '../checks/check-source.ts';

/** Where each service takes the address of a picture. */
const ADDRESSES: Readonly<Record<Exclude<ImageSearch, 'none'>, (picture: string) => string>> = {
  google: (picture) => `https://lens.google.com/uploadbyurl?url=${picture}`,
  bing: (picture) => `https://www.bing.com/images/search?view=detailv2&iss=sbi&q=imgurl:${picture}`,
  tineye: (picture) => `https://tineye.com/search?url=${picture}`,
  yandex: (picture) => `https://yandex.com/images/search?rpt=imageview&url=${picture}`,
};

/**
 * The page that looks where else a picture appears. The frame only names a record: the address is the one that this tab's
 * answer holds, so that no page can have another one opened or sent.
 * @returns undefined where nothing may be sent: no service chosen, a private window, a record that is not of this tab, has its
 *   verdict, or no address of the web
 */
export function searchPage(
  { imageSearch }: Pick<ExtensionSettings, 'imageSearch'>,
  { incognito }: Pick<Asker, 'incognito'>,
  results: readonly TabResult[],
  recordId: string,
): string | undefined {
  if (imageSearch === 'none' || incognito) return undefined;
  const outcome = results.find((one) => one.outcome.kind === 'verdict' && one.outcome.record.id === recordId)?.outcome;
  if (outcome?.kind !== 'verdict' || !nextSteps(outcome.record).includes('search')) return undefined;
  const picture = searchable(outcome.record.source.url);
  return picture && ADDRESSES[imageSearch](encodeURIComponent(picture));
}

/** Opens that page beside the tab, which is the only thing that leaves the computer. */
export async function openSearch(page: string | undefined, tabId: number): Promise<void> {
  if (page !== undefined) await browser.tabs.create({ url: page, openerTabId: tabId });
}
