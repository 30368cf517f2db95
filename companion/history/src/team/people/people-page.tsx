import { useQuery } from '@tanstack/react-query';
import type { Colleague } from '@touchstone/shared/api';
import { useId, useState } from 'react';
import { Button } from 'react-aria-components';
import { keys } from '../../api/query-keys.ts';
import { fetchPeople } from '../../api/team-people.ts';
import { useI18n } from '../../i18n/i18n-context.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ViewPage } from '../../ui/view-page.tsx';
import { useTeam } from '../team-context.tsx';
import { InvitationList } from './invitation-list.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { KeepOutDialog } from './keep-out-dialog.tsx';
import { PersonItem } from './person-item.tsx';
import { RoleDialog } from './role-dialog.tsx';

/** What is being done, and to whom. */
type Doing = { readonly what: 'invite' } | { readonly what: 'link' | 'role' | 'keep-out'; readonly person: Colleague };

/** Who works in a team, with what an admin does about it. */
export function PeoplePage({ onClose }: { readonly onClose: () => void }) {
  const { t } = useI18n();
  const own = useTeam()?.person?.id;
  const title = useId();
  const [doing, setDoing] = useState<Doing | null>(null);
  // What others do meanwhile is not told to this page: it asks anew each time.
  const people = useQuery({ queryKey: keys.people, queryFn: ({ signal }) => fetchPeople(signal), staleTime: 0 });
  const done = () => setDoing(null);
  return (
    <ViewPage
      title={t('people')}
      lead={t('people-lead')}
      error={people.error}
      onClose={onClose}
      aside={
        <Button className="button button-primary" onPress={() => setDoing({ what: 'invite' })}>
          <Icon name="person" />
          {t('people-invite')}
        </Button>
      }
    >
      {people.isPending && <p role="status">{t('people-loading')}</p>}
      {people.data && (
        <div className="team-sections">
          <section className="team-section" aria-labelledby={title}>
            <h3 id={title}>{t('people-in-team')}</h3>
            <ul className="team-list">
              {people.data.map((person) => (
                <PersonItem
                  key={person.id}
                  of={person}
                  isOwn={person.id === own}
                  onAct={(what) => setDoing({ what, person })}
                />
              ))}
            </ul>
          </section>
          <InvitationList people={people.data} />
        </div>
      )}
      {doing?.what === 'invite' && <InviteDialog onClose={done} />}
      {doing?.what === 'link' && <InviteDialog person={doing.person} onClose={done} />}
      {doing?.what === 'role' && <RoleDialog of={doing.person} isOwn={doing.person.id === own} onClose={done} />}
      {doing?.what === 'keep-out' && <KeepOutDialog of={doing.person} isOwn={doing.person.id === own} onClose={done} />}
    </ViewPage>
  );
}
