import type { ListedPicture, TabResult } from '../../messaging/requests.ts';

/**
 * Gives a listed picture the verdict that this tab's results have for its address, where it has no badge that says one: it may be
 * out of view, or one whose badge is not shown.
 */
export function withKnownVerdict(picture: ListedPicture, results: readonly TabResult[]): ListedPicture {
  const { url, verdict, checking, error } = picture;
  if (url === undefined || verdict || checking || error) return picture;
  const known = results.find((result) => result.url === url)?.outcome;
  if (known?.kind !== 'verdict') return picture;
  const { value, leaning, probability } = known.record.verdict;
  return { ...picture, verdict: { value, probability, ...(leaning && { leaning }) } };
}
