import type { ResultRecord } from '../record.ts';
import type { Verdict } from '../verdict.ts';

/** What a person can do where no verdict falls, most telling first. */
export const NEXT_STEPS = ['original', 'search', 'credentials', 'second-model'] as const;
export type NextStep = (typeof NEXT_STEPS)[number];

/** What is known of a check before anything is offered. */
export type Offered = Pick<ResultRecord, 'source' | 'provenance'> & { readonly verdict: Pick<Verdict, 'value'> };

/**
 * What to do next about a check without a verdict; nothing where one fell. A reverse image search takes the address of a picture
 * on the web, so it is offered for those alone.
 */
export function nextSteps({ verdict, source, provenance }: Offered): NextStep[] {
  if (verdict.value !== 'uncertain') return [];
  return NEXT_STEPS.filter((step) => {
    if (step === 'search') return source.kind === 'image' && searchable(source.url) !== undefined && !source.private;
    return step !== 'credentials' || provenance === undefined;
  });
}

/** The address that a reverse image search may be told: of the web, without a name or a secret in it; else undefined. */
export function searchable(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  if (url.username !== '' || url.password !== '' || isLocal(url.hostname)) return undefined;
  url.hash = '';
  return url.href;
}

/** Names and numbers that only the reader's own network knows: telling them says something of the reader, and finds nothing. */
function isLocal(host: string): boolean {
  if (/^[\d.]+$/.test(host) || host.startsWith('[')) return true;
  return !host.includes('.') || /\.(?:localhost|local|internal|lan|home|home\.arpa|test|onion)\.?$/.test(host);
}
