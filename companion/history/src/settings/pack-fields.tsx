import { useQuery } from '@tanstack/react-query';
import { type CompanionSettings, packInWords, packLabel } from '@touchstone/shared';
import { fetchPacksToChoose } from '../api/companion.ts';
import { keys } from '../api/query-keys.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { Choice } from '../ui/choice.tsx';

const BY_ITSELF = '';

type Packs = Pick<CompanionSettings, 'quickPack' | 'thoroughPack'>;

const TIERS = [
  ['quick', 'quickPack', 'team-pack-quick'],
  ['thorough', 'thoroughPack', 'team-pack-thorough'],
] as const;

interface Props {
  readonly value: Packs;
  readonly onChange: (packs: Packs) => void;
}

/** The packs that judge what a team checks, of those that its workers have. */
export function PackFields({ value, onChange }: Props) {
  const { t } = useI18n();
  const packs = useQuery({ queryKey: keys.teamPacks, queryFn: ({ signal }) => fetchPacksToChoose(signal) });
  return TIERS.map(([tier, key, label]) => {
    const known = packs.data?.filter((pack) => pack.tier === tier) ?? [];
    const chosen = value[key];
    // What was chosen once and no worker has now is still what is chosen.
    const gone = chosen !== null && !known.some((pack) => packLabel(pack) === chosen);
    return (
      <Choice
        key={tier}
        label={t(label)}
        value={chosen ?? BY_ITSELF}
        onChange={(id) => onChange({ quickPack: value.quickPack, thoroughPack: value.thoroughPack, [key]: id || null })}
        options={[
          { id: BY_ITSELF, text: t('team-pack-default') },
          ...known.map((pack) => ({
            id: packLabel(pack),
            text: packInWords(pack),
            shown: <bdi>{packInWords(pack)}</bdi>,
            aside: t('team-pack-workers', { count: pack.workers }),
          })),
          ...(gone ? [{ id: chosen, text: chosen, shown: <bdi>{chosen}</bdi>, aside: t('team-pack-gone') }] : []),
        ]}
      />
    );
  });
}
