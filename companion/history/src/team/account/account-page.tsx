import { useMutation, useQueryClient } from '@tanstack/react-query';
import { MAX_PERSON_NAME, type Person } from '@touchstone/shared/api';
import { foreignText } from '@touchstone/shared/words';
import { useId, useState } from 'react';
import { Button } from 'react-aria-components';
import { keys } from '../../api/query-keys.ts';
import { sessionLost } from '../../api/request.ts';
import { signOut } from '../../api/team.ts';
import { changeOwnName } from '../../api/team-people.ts';
import { useI18n } from '../../i18n/i18n-context.tsx';
import { PairedBrowserList } from '../../settings/paired-browser-list.tsx';
import { formatMoment } from '../../text/format.ts';
import { useAnnouncer } from '../../ui/announcer.tsx';
import { Failure } from '../../ui/failure.tsx';
import { ViewPage } from '../../ui/view-page.tsx';
import { useTeam } from '../team-context.tsx';
import { NameDialog } from './name-dialog.tsx';
import { PasskeySection } from './passkey-section.tsx';
import { SessionSection } from './session-section.tsx';
import { TokenSection } from './token-section.tsx';

/** Who is signed in, by which ways and where, and which programs work in their name. */
export function AccountPage({ onClose }: { readonly onClose: () => void }) {
  const { t } = useI18n();
  const person = useTeam()?.person;
  return (
    <ViewPage title={t('account')} lead={t('account-lead')} onClose={onClose}>
      {person ? (
        <div className="team-sections">
          <OwnSection person={person} />
          <PasskeySection />
          <SessionSection />
          <PairedBrowserList />
          <TokenSection role={person.role} />
        </div>
      ) : (
        <p role="status">{t('people-loading')}</p>
      )}
    </ViewPage>
  );
}

/** Asks the person of this page how they want to be called. */
function OwnNameDialog({ person, onClose }: { readonly person: Person; readonly onClose: () => void }) {
  const { t } = useI18n();
  const { show } = useAnnouncer();
  const client = useQueryClient();
  const [name, setName] = useState(person.name);
  const change = useMutation({
    mutationFn: () => changeOwnName(name),
    onSuccess: (now) => {
      show(t('account-name-changed', { name: foreignText(now.name) }));
      onClose();
    },
    onSettled: () => Promise.all([keys.person, keys.people].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
  return (
    <NameDialog
      title={t('account-change-name')}
      words={t('save')}
      label={t('team-join-name')}
      most={MAX_PERSON_NAME}
      name={name}
      isPending={change.isPending}
      error={change.error}
      onName={setName}
      onSubmit={() => change.mutate()}
      onClose={onClose}
    />
  );
}

function OwnSection({ person }: { readonly person: Person }) {
  const { t, locale } = useI18n();
  const title = useId();
  const [naming, setNaming] = useState(false);
  const out = useMutation({ mutationFn: signOut, onSuccess: () => sessionLost.dispatchEvent(new Event('lost')) });
  return (
    <section className="team-section" aria-labelledby={title}>
      <h3 id={title}>{t('account-you')}</h3>
      <div className="team-item">
        <div className="team-item-text">
          <p className="account-name">
            <bdi>{foreignText(person.name)}</bdi>
          </p>
          <p className="help">
            {t('account-since', { role: t(`role-${person.role}`), date: formatMoment(locale, person.createdAt) })}
          </p>
        </div>
        <Button className="button" onPress={() => setNaming(true)}>
          {t('account-change-name')}
        </Button>
        <Button className="button" isPending={out.isPending} onPress={() => out.mutate()}>
          {t('team-sign-out')}
        </Button>
      </div>
      <Failure error={out.error} />
      {naming && <OwnNameDialog person={person} onClose={() => setNaming(false)} />}
    </section>
  );
}
