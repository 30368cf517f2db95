import { isLanguage, type Language } from '@touchstone/shared/words';

/** What is read of an Accept-Language header, in characters and in entries: browsers send a dozen at most. */
const MAX_HEADER_LENGTH = 512;
const MAX_ENTRIES = 32;

/** Language and weight of one entry, such as `de-AT; q=0.8`; without a weight it is 1. */
function readEntry(entry: string): { readonly language: string | undefined; readonly weight: number } {
  const [tag = '', parameter] = entry.split(';', 2).map((part) => part.trim());
  const weight = parameter?.startsWith('q=') ? Number(parameter.slice(2)) : 1;
  return { language: tag.toLowerCase().split('-', 1)[0], weight };
}

/**
 * The first of our languages in an Accept-Language header (RFC 9110, 12.5.4), by its weights; English without one. A stranger may send
 * it, so only its start is read, in linear time.
 */
export function acceptedLanguage(header: string | undefined): Language {
  const wanted = (header ?? '')
    .slice(0, MAX_HEADER_LENGTH)
    .split(',', MAX_ENTRIES)
    .map(readEntry)
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight);
  for (const { language } of wanted) {
    if (isLanguage(language)) return language;
  }
  return 'en';
}
