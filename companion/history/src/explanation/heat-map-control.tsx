import type { Verdict } from '@touchstone/shared';
import { ToggleButton } from 'react-aria-components';
import { PictureError } from '../evidence/picture-error.tsx';
import { useI18n } from '../i18n/i18n-context.tsx';
import { Icon } from '../ui/icons.tsx';
import { HeatNote } from './heat-note.tsx';
import type { HeatMap } from './use-heat-map.ts';

interface Props {
  readonly heat: HeatMap;
  readonly verdict: Verdict;
}

/** Switches the heat map on and off and says what it shows. */
export function HeatMapControl({ heat, verdict }: Props) {
  const { t } = useI18n();
  return (
    <div className="heat-control">
      <ToggleButton className="toggle toggle-single" isSelected={heat.shown} onChange={heat.setShown}>
        <Icon name="heat" size={18} />
        {t('heat-toggle')}
      </ToggleButton>
      {heat.isLoading && (
        <p className="help" role="status">
          <progress aria-label={t('heat-loading')} /> {t('heat-loading')}
        </p>
      )}
      {heat.error && <PictureError error={heat.error} onRetry={heat.retry} />}
      {heat.explanation && <HeatNote explanation={heat.explanation} verdict={verdict} />}
    </div>
  );
}
