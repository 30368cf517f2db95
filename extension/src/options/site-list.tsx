import { type FormEvent, useId, useRef, useState } from 'react';
import { Glyph } from '../ui/glyph.tsx';
import { useTranslator } from '../ui/translation.tsx';
import { siteName } from './site-name.ts';

interface SiteListProps {
  readonly title: string;
  readonly sites: readonly string[];
  onChange(sites: string[]): void;
}

/** An editable list of host names. */
export function SiteList({ title, sites, onChange }: SiteListProps) {
  const translator = useTranslator();
  const [typed, setTyped] = useState('');
  const [invalid, setInvalid] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();

  const add = (event: FormEvent) => {
    event.preventDefault();
    const host = siteName(typed);
    setInvalid(host === undefined);
    if (host === undefined) return;
    setTyped('');
    if (!sites.includes(host)) onChange([...sites, host].sort());
  };
  const remove = (site: string) => {
    onChange(sites.filter((other) => other !== site));
    field.current?.focus();
  };

  return (
    <div className="part sites">
      <h3 id={`${id}title`}>{title}</h3>
      {sites.length === 0 ? (
        <p className="hint">{translator.text('sites-empty')}</p>
      ) : (
        <ul aria-labelledby={`${id}title`}>
          {sites.map((site) => (
            <li key={site}>
              <bdi>{site}</bdi>
              <button
                type="button"
                className="remove"
                aria-label={translator.text('site-remove', { site })}
                onClick={() => remove(site)}
              >
                <Glyph name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <form className="row" onSubmit={add}>
        <input
          ref={field}
          className="field"
          dir="ltr"
          value={typed}
          placeholder={translator.text('site-placeholder')}
          aria-labelledby={`${id}title`}
          aria-invalid={invalid}
          aria-describedby={`${id}problem`}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <button type="submit" className="button" disabled={typed.trim() === ''}>
          {translator.text('site-add')}
        </button>
      </form>
      <p id={`${id}problem`} className="problem" role="alert">
        {invalid && translator.text('site-invalid')}
      </p>
    </div>
  );
}
