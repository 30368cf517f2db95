import { useEffect, useRef, useState } from 'react';
import { Button, Input, SearchField } from 'react-aria-components';
import { useI18n } from '../i18n/i18n-context.tsx';
import { Icon } from '../ui/icons.tsx';

/** Pause in typing, in milliseconds, after which the list follows. */
const DEBOUNCE_MS = 180;

interface Props {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Search by address, title or file name; the list follows when typing pauses. */
export function SearchBox({ value, onChange }: Props) {
  const { t } = useI18n();
  const [text, setText] = useState(value);
  const sent = useRef(value);

  // The address changed by itself (back button, "clear filters").
  useEffect(() => {
    if (value !== sent.current) setText(value);
    sent.current = value;
  }, [value]);

  useEffect(() => {
    if (text === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text;
      onChange(text);
    }, DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [text, onChange]);

  return (
    <SearchField className="search" aria-label={t('search-label')} value={text} onChange={setText} maxLength={200}>
      <Icon name="search" />
      <Input className="search-input" placeholder={t('search-placeholder')} />
      {text !== '' && (
        <Button className="button-icon search-clear" aria-label={t('clear-search')}>
          <Icon name="close" size={16} />
        </Button>
      )}
    </SearchField>
  );
}
