import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Role, TokenInfo } from '@touchstone/shared/api';
import { foreignText } from '@touchstone/shared/words';
import { useId, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { keys } from '../../api/query-keys.ts';
import { fetchTokens, revokeToken } from '../../api/team-people.ts';
import { useI18n } from '../../i18n/i18n-context.tsx';
import { formatMoment } from '../../text/format.ts';
import { useAnnouncer } from '../../ui/announcer.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Icon } from '../../ui/icons.tsx';
import { TokenDialog } from './token-dialog.tsx';

/** Tokens of programs that work in somebody's name. @param role of that person */
export function TokenSection({ role }: { readonly role: Role }) {
  const { t } = useI18n();
  const title = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const [doing, setDoing] = useState<'make' | TokenInfo | null>(null);
  const tokens = useQuery({ queryKey: keys.tokens, queryFn: ({ signal }) => fetchTokens(signal), staleTime: 0 });
  return (
    <section className="team-section" aria-labelledby={title}>
      <h3 id={title} ref={heading} tabIndex={-1}>
        {t('account-tokens')}
      </h3>
      <p className="help">{t('account-tokens-help')}</p>
      <Failure error={tokens.error} />
      {tokens.data?.length === 0 && <p>{t('account-no-tokens')}</p>}
      <ul className="team-list">
        {tokens.data?.map((one) => (
          <TokenItem key={one.id} of={one} onRevoke={() => setDoing(one)} />
        ))}
      </ul>
      <Button className="button" onPress={() => setDoing('make')}>
        <Icon name="plug" />
        {t('account-new-token')}
      </Button>
      {doing === 'make' && <TokenDialog role={role} onClose={() => setDoing(null)} />}
      {doing !== null && doing !== 'make' && (
        <RevokeDialog
          of={doing}
          onClose={() => setDoing(null)}
          // The button that was pressed is gone with its token.
          onRevoked={() => heading.current?.focus()}
        />
      )}
    </section>
  );
}

function TokenItem({ of, onRevoke }: { readonly of: TokenInfo; readonly onRevoke: () => void }) {
  const { t, locale } = useI18n();
  const { scopes, expiresAt, lastUsedAt } = of;
  const name = foreignText(of.name);
  const isOver = expiresAt !== null && expiresAt <= Date.now();
  const life =
    expiresAt === null
      ? t('account-token-endless')
      : t(isOver ? 'account-token-ended' : 'account-token-ends', { date: formatMoment(locale, expiresAt) });
  return (
    <li className="team-item" data-out={isOver || undefined}>
      <div className="team-item-text">
        <p>
          <bdi>{name}</bdi>
        </p>
        <p className="help">{scopes.map((scope) => t(`scope-${scope}`)).join(' · ')}</p>
        <p className="help">
          {life} ·{' '}
          {lastUsedAt === null
            ? t('account-token-unused')
            : t('account-passkey-used', { date: formatMoment(locale, lastUsedAt) })}
        </p>
      </div>
      <Button
        className="button button-danger-quiet"
        aria-label={t('account-token-end-name', { name })}
        onPress={onRevoke}
      >
        {t('account-token-end')}
      </Button>
    </li>
  );
}

interface RevokeProps {
  readonly of: TokenInfo;
  readonly onClose: () => void;
  readonly onRevoked: () => void;
}

function RevokeDialog({ of: { id, name: given }, onClose, onRevoked }: RevokeProps) {
  const { t } = useI18n();
  const { show } = useAnnouncer();
  const client = useQueryClient();
  const name = foreignText(given);
  const revoke = useMutation({
    mutationFn: () => revokeToken(id),
    onSuccess: () => {
      show(t('account-token-revoked', { name }));
      onClose();
      onRevoked();
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.tokens }),
  });
  return (
    <ConfirmDialog
      title={t('account-token-title', { name })}
      words={t('account-token-end')}
      isPending={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate()}
      onClose={onClose}
    >
      <p>{t('account-token-text')}</p>
    </ConfirmDialog>
  );
}
