import { useMutation } from '@tanstack/react-query';
import { toErrorReport } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words';
import { sessionLost } from '../api/request.ts';
import { signOut } from '../api/team.ts';
import type { TeamPage } from '../app/address.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { errorSentences } from '../i18n/sentences.ts';
import { useAnnouncer } from '../ui/announcer.tsx';
import { Icon } from '../ui/icons.tsx';
import { type MenuAction, MenuButton } from '../ui/menu-button.tsx';
import type { TeamMember } from './team-context.tsx';

interface Props extends TeamMember {
  readonly onPage: (page: TeamPage) => void;
}

/** What somebody of a team has beside the history, and the way out. */
export function TeamMenu({ person, onPage }: Props) {
  const { t, language } = useI18n();
  const { show } = useAnnouncer();
  const out = useMutation({
    mutationFn: signOut,
    onSuccess: () => sessionLost.dispatchEvent(new Event('lost')),
    onError: (error) => {
      const { message, nextStep } = errorSentences(language, toErrorReport(error));
      show(`${message} ${nextStep}`, 'error');
    },
  });
  const open = (page: TeamPage): MenuAction => ({ id: page, words: t(page), run: () => onPage(page) });
  const ofAdmin = person?.role === 'admin' ? [open('people'), open('audit')] : [];
  const name = foreignText(person?.name ?? '');
  return (
    <MenuButton
      label={name === '' ? t('team-menu') : `${t('team-menu')}: ${name}`}
      actions={[open('account'), ...ofAdmin, { id: 'out', words: t('team-sign-out'), run: () => out.mutate() }]}
    >
      <Icon name="person" />
    </MenuButton>
  );
}
