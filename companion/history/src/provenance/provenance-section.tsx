import type { Provenance } from '@touchstone/shared';
import { STATE_SEALS } from '@touchstone/shared/present';
import { foreignText } from '@touchstone/shared/words';
import type { ReactNode } from 'react';
import { Fact } from '../detail/fact.tsx';
import { useI18n } from '../i18n/i18n-context.tsx';
import { Icon } from '../ui/icons.tsx';
import { ActionList } from './action-list.tsx';
import { IngredientTree } from './ingredient-tree.tsx';
import { failureKeys, originKey, STATE_HELP, STATE_KEYS } from './provenance-words.ts';
import { formatStated } from './stated-date.ts';

/** State of the Content Credentials in one line with its sentence. */
export function ProvenanceHead({
  provenance,
  children,
}: {
  readonly provenance: Provenance;
  readonly children?: ReactNode;
}) {
  const { t } = useI18n();
  const { state, trustList } = provenance;
  return (
    <div className={`credentials credentials-${state}`}>
      <Icon name={STATE_SEALS[state]} size={28} />
      <div>
        <p className="credentials-state">
          {t('credentials')}: {t(STATE_KEYS[state])}
          {trustList?.interim && <span className="tag">{t('interim-list')}</span>}
        </p>
        <p className="help">{t(STATE_HELP[state])}</p>
        {children}
      </div>
    </div>
  );
}

/** Everything that the Content Credentials of a file say, and whether it counts. */
export function ProvenanceSection({ provenance }: { readonly provenance: Provenance }) {
  const { t, locale } = useI18n();
  const { state, origin, signer, issuer, claimGenerator, signedAt, actions, ingredients, failures, trustList } =
    provenance;
  const text = (value: string | null) => value !== null && <bdi>{foreignText(value)}</bdi>;
  const counts = state === 'trusted';
  return (
    <section className="detail-section" aria-labelledby="provenance-title">
      {/* The line below begins with the same words; the heading is for those who jump from heading to heading. */}
      <h3 id="provenance-title" className="visually-hidden">
        {t('credentials')}
      </h3>
      <ProvenanceHead provenance={provenance} />
      {failures.length > 0 && (
        <>
          <h4>{t('what-failed')}</h4>
          <ul className="bullets">
            {failureKeys(failures).map((key) => (
              <li key={key}>{t(key)}</li>
            ))}
          </ul>
        </>
      )}
      {state !== 'unreadable' && (
        <dl className="facts">
          <Fact name={t(counts ? 'says' : 'claims')}>{t(originKey(origin))}</Fact>
          {signer !== null && <Fact name={t('signer')}>{text(signer)}</Fact>}
          {issuer !== null && <Fact name={t('issuer')}>{text(issuer)}</Fact>}
          {claimGenerator !== null && <Fact name={t('claim-generator')}>{text(claimGenerator)}</Fact>}
          {signedAt !== null && (
            <Fact name={t('signed-at')}>
              <bdi>{formatStated(locale, signedAt)}</bdi>
            </Fact>
          )}
          {trustList && (
            <Fact name={t('trust-list')}>
              {t('trust-list-of', { name: foreignText(trustList.name), date: foreignText(trustList.date) })}
              {trustList.interim && <span className="help">{t('interim-list-help')}</span>}
            </Fact>
          )}
        </dl>
      )}
      {actions.length > 0 && (
        <>
          <h4>{t('actions')}</h4>
          <ActionList actions={actions} />
        </>
      )}
      {ingredients.length > 0 && (
        <>
          <h4>{t('ingredients')}</h4>
          <IngredientTree ingredients={ingredients} />
        </>
      )}
      {failures.length > 0 && (
        <details className="disclosure">
          <summary>{t('failure-codes')}</summary>
          <ul className="codes" dir="ltr">
            {[...new Set(failures)].map((code) => (
              <li key={code}>
                <code>{foreignText(code)}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
      {provenance.remoteManifest && <p className="help">{t('remote-manifest-note')}</p>}
      <p className="help">{t('checked-offline')}</p>
    </section>
  );
}
