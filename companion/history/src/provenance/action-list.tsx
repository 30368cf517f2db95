import type { ProvenanceAction } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words';
import { useI18n } from '../i18n/i18n-context.tsx';
import { Dotted } from '../ui/dotted.tsx';
import { Icon } from '../ui/icons.tsx';
import { actionKey, sourceKey } from './provenance-words.ts';
import { formatStated } from './stated-date.ts';

/** What was done to the file according to its credentials; what a trained model did is marked in words and by a star. */
export function ActionList({ actions }: { readonly actions: readonly ProvenanceAction[] }) {
  const { t, locale } = useI18n();
  return (
    <ol className="actions">
      {actions.map((action, index) => {
        const key = actionKey(action.action);
        const source = action.digitalSourceType;
        const sourceWords = source && sourceKey(source);
        const facts = [
          action.softwareAgent && foreignText(action.softwareAgent),
          action.when && formatStated(locale, action.when),
          source && (sourceWords ? t(sourceWords) : foreignText(source)),
        ];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list of a signed manifest never changes
          <li key={index} className={action.ai ? 'action action-ai' : 'action'}>
            <Icon name={action.ai ? 'ai' : 'neutral'} size={16} />
            <span>
              <bdi className="action-name">{key ? t(key) : foreignText(action.action)}</bdi>
              {action.ai && <span className="tag tag-ai">{t('by-trained-model')}</span>}
              <span className="help">
                <Dotted parts={facts} />
              </span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}
