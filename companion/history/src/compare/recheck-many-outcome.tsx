import { Button } from 'react-aria-components';
import { useI18n } from '../i18n/i18n-context.tsx';
import { Thumbnail } from '../list/thumbnail.tsx';
import { VerdictBadge } from '../list/verdict-badge.tsx';
import { recordName } from '../text/record-name.ts';
import { KIND_KEYS } from '../ui/verdict-words.ts';
import { differs, type ManyRechecked, type Pair } from './recheck-many.ts';

interface Props {
  readonly done: ManyRechecked;
  readonly onCompare?: ((pair: Pair) => void) | undefined;
}

/** What several second checks say: how many, and those that say something else than the first. */
export function RecheckManyOutcome({ done: { pairs, failed }, onCompare }: Props) {
  const { t } = useI18n();
  const changed = pairs.filter(differs);
  return (
    <div className="compare">
      <p>
        <strong>{t('recheck-many-done', { count: pairs.length })}</strong>{' '}
        {t('recheck-many-differ', { count: changed.length })}
        {failed > 0 && ` ${t('files-failed', { count: failed })}.`}
      </p>
      <ul className="recheck-changed">
        {changed.map((pair) => {
          const name = recordName(pair.before.source) ?? t(KIND_KEYS[pair.before.source.kind]);
          return (
            <li key={pair.after.id} className="tray-row">
              <Thumbnail record={pair.before} />
              <div className="tray-text">
                <bdi className="row-name">{name}</bdi>
                <span className="recheck-steps">
                  <span className="help">{t('compare-first')}</span> <VerdictBadge verdict={pair.before.verdict} />
                  <span className="help">{t('compare-second')}</span> <VerdictBadge verdict={pair.after.verdict} />
                </span>
              </div>
              {onCompare && (
                <Button className="button" aria-label={`${t('compare')}: ${name}`} onPress={() => onCompare(pair)}>
                  {t('compare')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
