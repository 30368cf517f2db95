import { catalogueOf, LANGUAGES } from '@touchstone/shared/words';
import { useId } from 'react';
import { useTranslator } from '../ui/translation.tsx';
import type { SaveSettings } from './options.tsx';

/** The language of everything the extension shows. */
export function LanguageField({ language, save }: { readonly language: string; readonly save: SaveSettings }) {
  const translator = useTranslator();
  const id = useId();
  return (
    <div className="lead">
      <label htmlFor={id}>{translator.text('language-label')}</label>
      <select
        id={id}
        className="field"
        value={language}
        onChange={(event) => void save({ language: event.currentTarget.value })}
      >
        <option value="auto">{translator.text('language-auto')}</option>
        {LANGUAGES.map((tag) => (
          <option key={tag} value={tag} lang={tag}>
            {catalogueOf(tag).name}
          </option>
        ))}
      </select>
    </div>
  );
}
