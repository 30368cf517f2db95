import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { foreignText } from '@touchstone/shared/words';
import { Button } from 'react-aria-components';
import { keys } from '../api/query-keys.ts';
import { sessionLost } from '../api/request.ts';
import { endSession, fetchSessions, signOut } from '../api/team.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { formatMoment } from '../text/format.ts';
import { useAnnouncer } from '../ui/announcer.tsx';
import { ErrorMessage } from '../ui/error-message.tsx';
import type { TeamMember } from './team-context.tsx';

/** Who is signed in, where, and the way out. */
export function AccountSection({ person }: TeamMember) {
  const { t } = useI18n();
  const out = useMutation({ mutationFn: signOut, onSuccess: () => sessionLost.dispatchEvent(new Event('lost')) });
  return (
    <section className="settings-section">
      <h3 className="filter-title">{t('team-account')}</h3>
      {person && <p>{t('team-signed-in-as', { name: foreignText(person.name), role: t(`role-${person.role}`) })}</p>}
      <Button className="button" isPending={out.isPending} onPress={() => out.mutate()}>
        {t('team-sign-out')}
      </Button>
      {out.error && (
        <div role="alert">
          <ErrorMessage error={out.error} />
        </div>
      )}
      <SessionsOfPerson />
      <p className="help">{t('team-not-here')}</p>
    </section>
  );
}

function SessionsOfPerson() {
  const { t, locale } = useI18n();
  const { show } = useAnnouncer();
  const client = useQueryClient();
  const sessions = useQuery({ queryKey: keys.sessions, queryFn: ({ signal }) => fetchSessions(signal) });
  const end = useMutation({
    mutationFn: endSession,
    onSuccess: async () => {
      show(t('team-session-ended'));
      await client.invalidateQueries({ queryKey: keys.sessions });
    },
  });
  const error = end.error ?? sessions.error;
  return (
    <>
      <h4 className="filter-title">{t('team-sessions')}</h4>
      {error && <ErrorMessage error={error} />}
      <ul className="browser-list">
        {sessions.data?.map(({ id, client: browser, usedAt, own }) => (
          <li key={id} className="browser">
            <span dir="auto">{foreignText(browser) || t('team-session-unnamed')}</span>
            <span className="help">
              {own ? t('team-session-own') : t('last-seen', { date: formatMoment(locale, usedAt) })}
            </span>
            {!own && (
              <Button className="button" onPress={() => end.mutate(id)}>
                {t('team-session-end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
