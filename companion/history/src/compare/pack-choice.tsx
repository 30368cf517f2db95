import { type CompanionStatus, packLabel } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words';
import { useI18n } from '../i18n/i18n-context.tsx';
import { Choice } from '../ui/choice.tsx';

interface Props {
  readonly packs: CompanionStatus['packs'];
  /** `name@version` */
  readonly value: string | null;
  readonly isDisabled: boolean;
  readonly onChange: (name: string) => void;
}

/** One of the packs that are installed. */
export function PackChoice({ packs, value, isDisabled, onChange }: Props) {
  const { t } = useI18n();
  const options = packs.map(({ name, version, tier }) => ({
    id: packLabel({ name, version }),
    text: name,
    shown: t('pack-version', { name: foreignText(name), version: foreignText(version) }),
    aside: t(tier === 'quick' ? 'tier-quick' : 'tier-thorough'),
  }));
  return <Choice label={t('pack')} options={options} value={value} isDisabled={isDisabled} onChange={onChange} />;
}
