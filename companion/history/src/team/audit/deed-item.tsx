import type { AuditEntry, Colleague } from '@touchstone/shared/api';
import { useI18n } from '../../i18n/i18n-context.tsx';
import { formatMoment } from '../../text/format.ts';
import { aboutText, deedText, whoText } from './deed-words.ts';

interface Props {
  readonly of: AuditEntry;
  readonly people: readonly Colleague[];
}

/** One entry: when, who, what, and about whom. */
export function DeedItem({ of, people }: Props) {
  const { t, locale } = useI18n();
  const about = aboutText(of, people, { t });
  return (
    <li className="deed" data-deed={of.deed}>
      <time className="help" dateTime={new Date(of.at).toISOString()}>
        {formatMoment(locale, of.at)}
      </time>
      <bdi className="deed-who">{whoText(of, people, { t })}</bdi>
      <span className="deed-what">
        {deedText(of, { t })}
        {about !== '' && (
          <>
            {' '}
            <bdi className="help">{about}</bdi>
          </>
        )}
      </span>
    </li>
  );
}
