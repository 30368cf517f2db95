import { foreignText } from '@touchstone/shared/words';
import { safeLink } from '../text/safe-link.ts';

/** An address as text; a link only for http and https, which learns neither this page nor its window. */
export function Address({ address }: { readonly address: string }) {
  const link = safeLink(address);
  if (!link) return <bdi className="address">{foreignText(address)}</bdi>;
  return (
    <a className="address" href={link} target="_blank" rel="noreferrer noopener nofollow" dir="ltr">
      {link}
    </a>
  );
}
