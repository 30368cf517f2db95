import { type Browser, browser } from 'wxt/browser';
import { LOCAL_ADDRESS_PATTERNS, LOCAL_DOMAINS } from './private-network.ts';

type Rule = Browser.declarativeNetRequest.Rule;

/**
 * Rules of the browser for this extension's own fetches, until the browser ends (session rules). `fetch` can neither
 * set a Referer nor look at a redirect before following it; these rules can.
 */

const FIRST_KEEP_OUT_RULE = 1;
const FIRST_TEMPORARY_RULE = 1000;
const KEEP_OUT_PRIORITY = 10;
const EXCEPTION_PRIORITY = 20;

/** Characters with a meaning of their own in a rule's address filter. */
const FILTER_SIGNS = /[*^|]/;
const REGEX_SIGNS = /[\\^$.*+?()[\]{}|]/g;

let lastRule = FIRST_TEMPORARY_RULE;

/** Only requests that the extension itself starts, outside of tabs; never those of pages. */
function ownFetches(): Pick<Rule['condition'], 'initiatorDomains' | 'resourceTypes'> {
  return { initiatorDomains: [new URL(browser.runtime.getURL('/')).hostname], resourceTypes: ['xmlhttprequest'] };
}

/** Redirects from public addresses into the local network end here. */
export async function keepOutOfLocalNetwork(): Promise<void> {
  const conditions = [
    ...LOCAL_ADDRESS_PATTERNS.map((regexFilter) => ({ regexFilter })),
    { requestDomains: LOCAL_DOMAINS },
  ];
  const rules = await browser.declarativeNetRequest.getSessionRules();
  await browser.declarativeNetRequest.updateSessionRules({
    // Rules outlive the background: those that a fetch left behind go.
    removeRuleIds: rules.map(({ id }) => id),
    addRules: conditions.map((condition, index) => ({
      id: FIRST_KEEP_OUT_RULE + index,
      priority: KEEP_OUT_PRIORITY,
      action: { type: 'block' },
      condition: { ...ownFetches(), ...condition },
    })),
  });
}

async function withRule<Result>(rule: Omit<Rule, 'id'>, work: () => Promise<Result>): Promise<Result> {
  lastRule += 1;
  const id = lastRule;
  await browser.declarativeNetRequest.updateSessionRules({ removeRuleIds: [id], addRules: [{ ...rule, id }] });
  try {
    return await work();
  } finally {
    await browser.declarativeNetRequest.updateSessionRules({ removeRuleIds: [id] });
  }
}

/**
 * Lets one fetch reach one address on a local host that the page itself is on, or that a person pointed at. Only this
 * address: another fetch that is redirected to that host meanwhile is still blocked, and so is this one's own redirect.
 * @returns undefined, without fetching, where the browser cannot limit the rule to the address
 */
export async function withLocalAddress<Result>(url: URL, work: () => Promise<Result>): Promise<Result | undefined> {
  const [address = ''] = url.href.split('#');
  const regex = `^${address.replace(REGEX_SIGNS, '\\$&')}$`;
  const asRegex = FILTER_SIGNS.test(address);
  if (asRegex && !(await browser.declarativeNetRequest.isRegexSupported({ regex, isCaseSensitive: true })).isSupported)
    return undefined;
  const exact = asRegex ? { regexFilter: regex } : { urlFilter: `|${address}|` };
  const condition = { ...ownFetches(), ...exact, isUrlFilterCaseSensitive: true };
  return withRule({ priority: EXCEPTION_PRIORITY, action: { type: 'allow' }, condition }, work);
}

/** Sends a Referer with the fetch of this one address. @returns undefined where that cannot be limited to it */
export function withReferer<Result>(
  url: URL,
  referer: string,
  work: () => Promise<Result>,
): Promise<Result> | undefined {
  if (FILTER_SIGNS.test(url.href)) return undefined;
  const action = {
    type: 'modifyHeaders',
    requestHeaders: [{ header: 'referer', operation: 'set', value: referer }],
  } as const satisfies Rule['action'];
  const condition = { ...ownFetches(), urlFilter: `|${url.origin}${url.pathname}${url.search}|` };
  return withRule({ priority: 1, action, condition }, work);
}
