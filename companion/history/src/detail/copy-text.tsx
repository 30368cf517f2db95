import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useI18n } from '../i18n/i18n-context.tsx';
import { useAnnouncer } from '../ui/announcer.tsx';
import { Icon } from '../ui/icons.tsx';

/** Time, in milliseconds, for which the button confirms. */
const CONFIRM_MS = 2000;

/** A long value with a button that copies all of it. */
export function CopyText({ text }: { readonly text: string }) {
  const { t } = useI18n();
  const { say } = useAnnouncer();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    say(t('copied'));
    setCopied(true);
    setTimeout(() => setCopied(false), CONFIRM_MS);
  };
  return (
    <span className="copy-text">
      <code dir="ltr">{text}</code>
      <Button className="button-icon" aria-label={t('copy')} onPress={() => void copy()}>
        <Icon name={copied ? 'check' : 'copy'} size={16} />
      </Button>
    </span>
  );
}
