import type { ProvenanceIngredient } from '@touchstone/shared';
import { STATE_SEALS } from '@touchstone/shared/present';
import { foreignText, type MessageKey } from '@touchstone/shared/words';
import { useI18n } from '../i18n/i18n-context.tsx';
import { Dotted } from '../ui/dotted.tsx';
import { Icon } from '../ui/icons.tsx';
import { STATE_KEYS } from './provenance-words.ts';

/** Levels drawn; a manifest may nest without end, a page must not. */
const MAX_DEPTH = 6;

const RELATIONSHIP_KEYS = new Map<string, MessageKey>([
  ['parentOf', 'ingredient-parent'],
  ['componentOf', 'ingredient-component'],
  ['inputTo', 'ingredient-input'],
]);

interface Props {
  readonly ingredients: readonly ProvenanceIngredient[];
  readonly depth?: number;
}

/** What the file was made of, each with the validation state of its own credentials. */
export function IngredientTree({ ingredients, depth = 0 }: Props) {
  const { t } = useI18n();
  if (depth >= MAX_DEPTH) return <p className="help">{t('ingredients-deeper')}</p>;
  return (
    <ul className={depth === 0 ? 'ingredients' : 'ingredients ingredients-inner'}>
      {ingredients.map((ingredient, index) => {
        const relationship = RELATIONSHIP_KEYS.get(ingredient.relationship);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list of a signed manifest never changes
          <li key={index}>
            <div className="ingredient">
              <span className="thumbnail">
                {ingredient.thumbnail ? <img src={ingredient.thumbnail} alt="" /> : <Icon name="picture" />}
              </span>
              <span className="row-text">
                <bdi className="row-name">{foreignText(ingredient.title)}</bdi>
                <span className="help">
                  <Dotted
                    parts={[
                      relationship ? t(relationship) : foreignText(ingredient.relationship),
                      ingredient.claimGenerator && foreignText(ingredient.claimGenerator),
                    ]}
                  />
                </span>
                <span className="help ingredient-state">
                  {ingredient.state && <Icon name={STATE_SEALS[ingredient.state]} size={16} />}
                  {t(ingredient.state ? STATE_KEYS[ingredient.state] : 'ingredient-no-state')}
                </span>
              </span>
            </div>
            {ingredient.ingredients.length > 0 && (
              <IngredientTree ingredients={ingredient.ingredients} depth={depth + 1} />
            )}
          </li>
        );
      })}
    </ul>
  );
}
