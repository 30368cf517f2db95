import { useQuery } from '@tanstack/react-query';
import type { Passkey } from '@touchstone/shared/api';
import { foreignText } from '@touchstone/shared/words';
import { useId, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { keys } from '../../api/query-keys.ts';
import { fetchMethods, knowsPasskeys } from '../../api/team.ts';
import { fetchWaysIn } from '../../api/team-people.ts';
import { useI18n } from '../../i18n/i18n-context.tsx';
import { formatMoment } from '../../text/format.ts';
import { Failure } from '../../ui/failure.tsx';
import { Icon } from '../../ui/icons.tsx';
import { MenuButton } from '../../ui/menu-button.tsx';
import { AddPasskeyDialog, RemovePasskeyDialog, RenamePasskeyDialog } from './passkey-dialogs.tsx';

type Doing = 'add' | { readonly what: 'rename' | 'remove'; readonly passkey: Passkey };

/** The ways in which somebody signs in, with all that can be done about them; the last one stays. */
export function PasskeySection() {
  const { t } = useI18n();
  const title = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const [doing, setDoing] = useState<Doing | null>(null);
  const ways = useQuery({ queryKey: keys.waysIn, queryFn: ({ signal }) => fetchWaysIn(signal), staleTime: 0 });
  const methods = useQuery({
    queryKey: keys.methods,
    queryFn: async () => (await fetchMethods({ fetch: window.fetch.bind(window) })) ?? null,
  });
  const provider = ways.data?.provider ? methods.data?.provider : null;
  const passkeys = ways.data?.passkeys ?? [];
  const isOnly = passkeys.length === 1 && !ways.data?.provider;
  const done = () => setDoing(null);
  return (
    <section className="team-section" aria-labelledby={title}>
      <h3 id={title} ref={heading} tabIndex={-1}>
        {t('account-passkeys')}
      </h3>
      <Failure error={ways.error} />
      {provider && <p>{t('account-provider', { provider: foreignText(provider) })}</p>}
      <ul className="team-list">
        {passkeys.map((one) => (
          <PasskeyItem key={one.id} of={one} isOnly={isOnly} onAct={(what) => setDoing({ what, passkey: one })} />
        ))}
      </ul>
      {methods.data?.passkeys && (
        <>
          <p className="help">{knowsPasskeys() ? t('account-passkeys-help') : t('team-no-passkeys')}</p>
          {knowsPasskeys() && (
            <Button className="button" onPress={() => setDoing('add')}>
              <Icon name="key" />
              {t('account-add-passkey')}
            </Button>
          )}
        </>
      )}
      {doing === 'add' && <AddPasskeyDialog onClose={done} />}
      {doing !== null && doing !== 'add' && doing.what === 'rename' && (
        <RenamePasskeyDialog of={doing.passkey} onClose={done} />
      )}
      {doing !== null && doing !== 'add' && doing.what === 'remove' && (
        // The menu that was opened is gone with its passkey.
        <RemovePasskeyDialog of={doing.passkey} onClose={done} onRemoved={() => heading.current?.focus()} />
      )}
    </section>
  );
}

interface ItemProps {
  readonly of: Passkey;
  readonly isOnly: boolean;
  readonly onAct: (what: 'rename' | 'remove') => void;
}

function PasskeyItem({ of, isOnly, onAct }: ItemProps) {
  const { t, locale } = useI18n();
  const name = foreignText(of.name) || t('account-passkey-unnamed');
  return (
    <li className="team-item">
      <div className="team-item-text">
        <p>
          <bdi>{name}</bdi>
        </p>
        <p className="help">
          {t('account-passkey-made', { date: formatMoment(locale, of.createdAt) })} ·{' '}
          {of.usedAt === null
            ? t('account-passkey-unused')
            : t('account-passkey-used', { date: formatMoment(locale, of.usedAt) })}
        </p>
        {isOnly && <p className="help">{t('account-only-way')}</p>}
      </div>
      <MenuButton
        label={t('people-actions', { name })}
        actions={[
          { id: 'rename', words: t('account-rename'), run: () => onAct('rename') },
          ...(isOnly ? [] : [{ id: 'remove', words: t('account-remove'), run: () => onAct('remove'), isDanger: true }]),
        ]}
      >
        <Icon name="more" />
      </MenuButton>
    </li>
  );
}
