import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { foreignText } from '@touchstone/shared/words';
import { useId, useRef } from 'react';
import { Button } from 'react-aria-components';
import { keys } from '../../api/query-keys.ts';
import { endSession, fetchSessions } from '../../api/team.ts';
import { useI18n } from '../../i18n/i18n-context.tsx';
import { browserNameOf } from '../../text/browser-name.ts';
import { formatMoment } from '../../text/format.ts';
import { useAnnouncer } from '../../ui/announcer.tsx';
import { Failure } from '../../ui/failure.tsx';

/** Browsers in which somebody is signed in, each but this one with a way to end that. */
export function SessionSection() {
  const { t, locale } = useI18n();
  const { show } = useAnnouncer();
  const client = useQueryClient();
  const title = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const sessions = useQuery({
    queryKey: keys.sessions,
    queryFn: ({ signal }) => fetchSessions(signal),
    staleTime: 0,
  });
  const end = useMutation({
    mutationFn: endSession,
    onSuccess: () => {
      show(t('team-session-ended'));
      // The button that was pressed is gone with its session.
      heading.current?.focus();
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.sessions }),
  });
  const nameOf = (userAgent: string): string => {
    const known = browserNameOf(userAgent);
    if (known) return t('account-passkey-on', { ...known });
    return foreignText(userAgent) || t('team-session-unnamed');
  };
  return (
    <section className="team-section" aria-labelledby={title}>
      <h3 id={title} ref={heading} tabIndex={-1}>
        {t('team-sessions')}
      </h3>
      <Failure error={end.error ?? sessions.error} />
      <ul className="team-list">
        {sessions.data?.map(({ id, client: browser, usedAt, own }) => (
          <li key={id} className="team-item">
            <div className="team-item-text">
              <p>
                <bdi>{nameOf(browser)}</bdi>
              </p>
              <p className="help">
                {own ? t('team-session-own') : t('last-seen', { date: formatMoment(locale, usedAt) })}
              </p>
            </div>
            {!own && (
              <Button className="button" isPending={end.isPending} onPress={() => end.mutate(id)}>
                {t('team-session-end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
