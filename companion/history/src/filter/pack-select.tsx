import { numberFormat } from '@touchstone/shared/words';
import { useI18n } from '../i18n/i18n-context.tsx';
import { Choice } from '../ui/choice.tsx';

interface Props {
  readonly packs: readonly { readonly value: string; readonly count: number }[];
  readonly value: string | undefined;
  readonly onChange: (pack: string | undefined) => void;
}

const ANY = '';

export function PackSelect({ packs, value, onChange }: Props) {
  const { t, locale } = useI18n();
  const known = value && !packs.some((pack) => pack.value === value) ? [{ value, count: 0 }, ...packs] : packs;
  const { format } = numberFormat(locale);
  return (
    <Choice
      className="filter-group"
      label={t('pack')}
      value={value ?? ANY}
      onChange={(pack) => onChange(pack || undefined)}
      options={[
        { id: ANY, text: t('any-pack') },
        ...known.map((pack) => ({
          id: pack.value,
          text: pack.value,
          shown: <bdi>{pack.value.replace('@', ' ')}</bdi>,
          aside: format(pack.count),
        })),
      ]}
    />
  );
}
