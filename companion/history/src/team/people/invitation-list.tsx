import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Colleague, OpenInvitation } from '@touchstone/shared/api';
import { foreignText } from '@touchstone/shared/words';
import { useId, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { keys } from '../../api/query-keys.ts';
import { fetchInvitations, withdrawInvitation } from '../../api/team-people.ts';
import { useI18n } from '../../i18n/i18n-context.tsx';
import { formatMoment } from '../../text/format.ts';
import { useAnnouncer } from '../../ui/announcer.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Failure } from '../../ui/failure.tsx';

/** Links that would open still, each with a way to end that. */
export function InvitationList({ people }: { readonly people: readonly Colleague[] }) {
  const { t, locale } = useI18n();
  const title = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const [asking, setAsking] = useState<OpenInvitation | null>(null);
  const open = useQuery({
    queryKey: keys.invitations,
    queryFn: ({ signal }) => fetchInvitations(signal),
    staleTime: 0,
  });
  const nameOf = (id: string) => foreignText(people.find((one) => one.id === id)?.name ?? '') || t('audit-gone');
  return (
    <section className="team-section" aria-labelledby={title}>
      <h3 id={title} ref={heading} tabIndex={-1}>
        {t('people-invitations')}
      </h3>
      <Failure error={open.error} />
      {open.data?.length === 0 && <p className="help">{t('people-no-invitations')}</p>}
      <ul className="team-list">
        {open.data?.map((one) => {
          const date = formatMoment(locale, one.expiresAt);
          const name = one.person === null ? foreignText(one.name) : nameOf(one.person);
          return (
            <li key={one.id} className="team-item">
              <div className="team-item-text">
                <h4>
                  <bdi>{name}</bdi>
                </h4>
                <p className="help">
                  {one.person === null
                    ? t('people-invited-as', { role: t(`role-${one.role}`), date })
                    : t('people-invited-again', { date })}
                </p>
                <p className="help">
                  {one.by === null ? t('people-invited-by-command') : t('people-invited-by', { name: nameOf(one.by) })}
                </p>
              </div>
              <Button
                className="button button-danger-quiet"
                aria-label={t('people-withdraw-title', { name })}
                onPress={() => setAsking({ ...one, name })}
              >
                {t('people-withdraw')}
              </Button>
            </li>
          );
        })}
      </ul>
      {asking && (
        <WithdrawDialog
          of={asking}
          onClose={() => setAsking(null)}
          // The button that was pressed is gone with its invitation.
          onWithdrawn={() => heading.current?.focus()}
        />
      )}
    </section>
  );
}

interface WithdrawProps {
  readonly of: OpenInvitation;
  readonly onClose: () => void;
  readonly onWithdrawn: () => void;
}

function WithdrawDialog({ of: { id, name }, onClose, onWithdrawn }: WithdrawProps) {
  const { t } = useI18n();
  const { show } = useAnnouncer();
  const client = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => withdrawInvitation(id),
    onSuccess: () => {
      show(t('people-withdrawn', { name }));
      onClose();
      onWithdrawn();
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.invitations }),
  });
  return (
    <ConfirmDialog
      title={t('people-withdraw-title', { name })}
      words={t('people-withdraw')}
      isPending={withdraw.isPending}
      error={withdraw.error}
      onConfirm={() => withdraw.mutate()}
      onClose={onClose}
    >
      <p>{t('people-withdraw-text')}</p>
    </ConfirmDialog>
  );
}
