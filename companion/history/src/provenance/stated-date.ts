import { foreignText } from '@touchstone/shared/words';
import { formatMoment } from '../text/format.ts';

/** A date as a file states it: in the reader's form where it is one, else its cleaned text. */
export function formatStated(locale: string, stated: string): string {
  const at = Date.parse(stated);
  return Number.isNaN(at) ? foreignText(stated) : formatMoment(locale, at);
}
