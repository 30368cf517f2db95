import type { FileFact } from '@touchstone/shared';
import { foreignText, type MessageKey } from '@touchstone/shared/words';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { Fact } from '../detail/fact.tsx';
import { useI18n } from '../i18n/i18n-context.tsx';
import { factTexts } from '../i18n/sentences.ts';
import { Icon } from '../ui/icons.tsx';

const GROUPS: readonly (readonly [FileFact['group'], MessageKey])[] = [
  ['generator', 'facts-generator'],
  ['camera', 'scale-camera'],
  ['software', 'facts-software'],
  ['history', 'facts-history'],
  ['encoding', 'facts-encoding'],
  ['place', 'facts-place'],
  ['rights', 'facts-rights'],
  ['other', 'facts-other'],
];

/** Neutral facts of the file by group; what could betray its owner only after a press. */
export function FileFacts({ facts }: { readonly facts: readonly FileFact[] }) {
  const { t, language } = useI18n();
  const [withPrivate, setWithPrivate] = useState(false);
  if (facts.length === 0) return null;
  const shown = withPrivate ? facts : facts.filter((fact) => !fact.private);
  const hasPrivate = facts.some((fact) => fact.private);
  return (
    <section className="detail-section" aria-labelledby="facts-title">
      <h3 id="facts-title">{t('file-facts')}</h3>
      <p className="help">{t('file-facts-help')}</p>
      {GROUPS.map(([group, key]) => {
        const own = shown.filter((fact) => fact.group === group);
        if (own.length === 0) return null;
        return (
          <div key={group}>
            <h4>{t(key)}</h4>
            <dl className="facts">
              {own.map((fact) => {
                const { name, value } = factTexts(language, fact);
                return (
                  <Fact key={`${fact.name} ${fact.value}`} name={foreignText(name)}>
                    <bdi className="fact-value">{foreignText(value)}</bdi>
                    {fact.private && <span className="tag">{t('private-fact')}</span>}
                  </Fact>
                );
              })}
            </dl>
          </div>
        );
      })}
      {hasPrivate && (
        <>
          <Button className="button" aria-expanded={withPrivate} onPress={() => setWithPrivate((before) => !before)}>
            <Icon name="eye" size={18} />
            {t(withPrivate ? 'hide-private' : 'show-private')}
          </Button>
          <p className="help">{t('private-help')}</p>
        </>
      )}
    </section>
  );
}
