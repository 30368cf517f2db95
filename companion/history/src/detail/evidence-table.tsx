import { type Evidence, isEvidenceKind } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words';
import { useI18n } from '../i18n/i18n-context.tsx';
import { evidenceSentence } from '../i18n/sentences.ts';
import { formatMoment } from '../text/format.ts';
import { DIRECTIONS } from './verdict-block.tsx';

/** For programs: the JSON has it, and says the same as the probability beside it. */
const RAW: ReadonlySet<string> = new Set(['logit']);

/** Every finding with its details, for those who must show later why. */
export function EvidenceTable({ evidence }: { readonly evidence: readonly Evidence[] }) {
  const { t, share, language } = useI18n();
  const kindWord = (kind: string) => (isEvidenceKind(kind) ? t(`kind-${kind}`) : foreignText(kind));
  if (evidence.length === 0) return null;
  return (
    <section className="detail-section">
      <h3 id="evidence-title">{t('evidence')}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keys */}
      {/* biome-ignore lint/a11y/useSemanticElements: names the box that scrolls */}
      <div className="scroll-x" role="group" aria-labelledby="evidence-title" tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('evidence-sentence')}</th>
              <th scope="col">{t('evidence-kind')}</th>
              <th scope="col">{t('evidence-direction')}</th>
              <th scope="col">{t('evidence-strength')}</th>
            </tr>
          </thead>
          <tbody>
            {evidence.map((one) => (
              <tr key={`${one.kind}-${one.code}-${one.sentence}`}>
                <td>
                  <bdi>{foreignText(evidenceSentence(language, one))}</bdi>
                  <EvidenceDetails details={one.details} />
                </td>
                <td>{kindWord(one.kind)}</td>
                <td>{t(DIRECTIONS[one.direction].key)}</td>
                <td className="number">{share(one.strength)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function EvidenceDetails({ details }: { readonly details: Evidence['details'] }) {
  const { locale } = useI18n();
  const entries = Object.entries(details).filter(([name]) => !RAW.has(name));
  if (entries.length === 0) return null;
  const said = (name: string, value: unknown): string =>
    name === 'at' && typeof value === 'number' ? formatMoment(locale, value) : foreignText(String(value));
  return (
    <span className="evidence-details" dir="ltr">
      {entries.map(([name, value]) => (
        <bdi key={name}>
          {foreignText(name)}: {said(name, value)}
        </bdi>
      ))}
    </span>
  );
}
