import type { Colleague } from '@touchstone/shared/api';
import { foreignText } from '@touchstone/shared/words';
import { useId } from 'react';
import { useI18n } from '../../i18n/i18n-context.tsx';
import { formatMoment } from '../../text/format.ts';
import { useAnnouncer } from '../../ui/announcer.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Icon } from '../../ui/icons.tsx';
import { type MenuAction, MenuButton } from '../../ui/menu-button.tsx';
import { useChangePerson } from './use-change-person.ts';

interface Props {
  readonly of: Colleague;
  readonly isOwn: boolean;
  readonly onAct: (what: 'link' | 'role' | 'keep-out') => void;
}

/** One person of a team, and a menu of what can be done. */
export function PersonItem({ of, isOwn, onAct }: Props) {
  const { t, locale } = useI18n();
  const { show } = useAnnouncer();
  const heading = useId();
  const name = foreignText(of.name);
  const letIn = useChangePerson(of.id, () => show(t('people-is-let-in', { name })));
  const isOut = of.disabledAt !== null;
  const actions: readonly MenuAction[] = isOut
    ? [{ id: 'let-in', words: t('people-let-in'), run: () => letIn.mutate({ disabled: false }) }]
    : [
        { id: 'role', words: t('people-change-role'), run: () => onAct('role') },
        { id: 'link', words: t('people-new-link'), run: () => onAct('link') },
        { id: 'keep-out', words: t('people-keep-out'), run: () => onAct('keep-out'), isDanger: true },
      ];
  return (
    <li>
      <article className="team-item" aria-labelledby={heading} data-out={isOut || undefined}>
        <div className="team-item-text">
          <h4 id={heading}>
            <bdi>{name}</bdi>
            {isOwn && <span className="team-mark">{t('people-you')}</span>}
            {isOut && <span className="team-mark team-mark-out">{t('people-kept-out')}</span>}
          </h4>
          <p>{t(`role-${of.role}`)}</p>
          <p className="help">
            {of.seenAt === null
              ? t('people-never-here')
              : t('people-last-here', { date: formatMoment(locale, of.seenAt) })}
            {!isOut &&
              ` · ${of.sessions === 0 ? t('people-signed-in-nowhere') : t('people-signed-in', { count: of.sessions })}`}
          </p>
          {!isOut && of.waysIn === 0 && (
            <p className="team-warning">
              <Icon name="warning" size={16} />
              {t('people-no-way-in')}
            </p>
          )}
          <Failure error={letIn.error} />
        </div>
        <MenuButton label={t('people-actions', { name })} actions={actions} isDisabled={letIn.isPending}>
          <Icon name="more" />
        </MenuButton>
      </article>
    </li>
  );
}
