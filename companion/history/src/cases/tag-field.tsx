import { foreignText } from '@touchstone/shared/words';
import { type KeyboardEvent, useId, useState } from 'react';
import { Button, FieldError, Input, Label, Tag, TagGroup, TagList, Text, TextField } from 'react-aria-components';
import { useI18n } from '../i18n/i18n-context.tsx';
import { Icon } from '../ui/icons.tsx';
import { addTags, TAG_LIMITS, type TagTrouble } from './tag-draft.ts';

interface Props {
  readonly tags: readonly string[];
  readonly onChange: (tags: readonly string[]) => void;
}

/** Tags, each with a way to take it away (its cross, or Delete), and a field that adds one. */
export function TagField({ tags, onChange }: Props) {
  const { t } = useI18n();
  const title = useId();
  const [typed, setTyped] = useState('');
  const [trouble, setTrouble] = useState<TagTrouble | null>(null);
  const add = () => {
    const added = addTags(tags, typed);
    if (typeof added === 'string') return setTrouble(added);
    setTyped('');
    if (added.length !== tags.length) onChange(added);
  };
  const type = (text: string) => {
    setTrouble(null);
    setTyped(text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // What an input method composes ends with Enter, too.
    if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== ',') || typed.trim() === '') return;
    event.preventDefault();
    add();
  };
  return (
    <div className="tag-field">
      <TagGroup aria-labelledby={title} onRemove={(gone) => onChange(tags.filter((tag) => !gone.has(tag)))}>
        <span className="field-title" id={title}>
          {t('tags')}
        </span>
        <TagList className="tag-list" renderEmptyState={() => <span className="help">{t('no-tags')}</span>}>
          {tags.map((tag) => (
            <Tag key={tag} id={tag} textValue={foreignText(tag)} className="chip tag-chip">
              <bdi className="chip-text">{foreignText(tag)}</bdi>
              <Button slot="remove" className="tag-remove" aria-label={t('remove-tag', { tag: foreignText(tag) })}>
                <Icon name="close" size={14} />
              </Button>
            </Tag>
          ))}
        </TagList>
      </TagGroup>
      <TextField className="field" value={typed} onChange={type} isInvalid={trouble !== null} onBlur={add}>
        <Label>{t('add-tag')}</Label>
        <Input className="input" onKeyDown={onKeyDown} />
        <Text slot="description" className="help">
          {t('add-tag-help')}
        </Text>
        <FieldError className="field-error">{trouble && t(trouble, { count: TAG_LIMITS[trouble] })}</FieldError>
      </TextField>
    </div>
  );
}
