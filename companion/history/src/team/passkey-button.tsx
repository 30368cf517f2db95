import { Button } from 'react-aria-components';
import { knowsPasskeys } from '../api/team.ts';
import { useI18n } from '../i18n/i18n-context.tsx';

interface Props {
  readonly text: string;
  readonly isPending: boolean;
  readonly onPress: () => void;
}

/** A button that asks the browser for a passkey, where it knows any. */
export function PasskeyButton({ text, ...button }: Props) {
  const { t } = useI18n();
  if (!knowsPasskeys()) return <p>{t('team-no-passkeys')}</p>;
  return (
    <>
      <Button className="button button-primary" {...button}>
        {text}
      </Button>
      <p className="help">{t('team-passkey-help')}</p>
    </>
  );
}
