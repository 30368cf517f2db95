import { FORENSIC_VIEWS, type ForensicView } from '@touchstone/shared';
import type { MessageKey } from '@touchstone/shared/words';
import { useState } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { PictureError } from '../evidence/picture-error.tsx';
import { useI18n } from '../i18n/i18n-context.tsx';
import { MagnifierView } from './magnifier-view.tsx';
import { useViewPicture } from './use-view-picture.ts';

/** Name of each view, what it can show, and what it cannot. */
const WORDS: Readonly<Record<ForensicView, readonly [name: MessageKey, shows: MessageKey, hides: MessageKey]>> = {
  ela: ['view-ela', 'view-ela-shows', 'view-ela-hides'],
  noise: ['view-noise', 'view-noise-shows', 'view-noise-hides'],
  ghosts: ['view-ghosts', 'view-ghosts-shows', 'view-ghosts-hides'],
  channels: ['view-channels', 'view-channels-shows', 'view-channels-hides'],
  histogram: ['view-histogram', 'view-histogram-shows', 'view-histogram-hides'],
  magnifier: ['view-magnifier', 'view-magnifier-shows', 'view-magnifier-hides'],
};

interface Props {
  readonly id: string;
  readonly name: string;
  readonly hasThumbnail: boolean;
}

/** Ways to look at a picture for people who know what they look for; no score comes from them. */
export function ExpertViews({ id, name, hasThumbnail }: Props) {
  const { t } = useI18n();
  const [view, setView] = useState<ForensicView>('ela');
  const [title, shows, hides] = WORDS[view];
  return (
    <section className="detail-section views" aria-labelledby="views-title">
      <h3 id="views-title">{t('views')}</h3>
      <p className="views-note">{t('views-note')}</p>
      <ToggleButtonGroup
        className="view-buttons"
        aria-labelledby="views-title"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[view]}
        onSelectionChange={(chosen) => setView(FORENSIC_VIEWS.find((one) => chosen.has(one)) ?? view)}
      >
        {FORENSIC_VIEWS.map((one) => (
          <ToggleButton key={one} id={one} className="toggle">
            {t(WORDS[one][0])}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {view === 'magnifier' ? (
        <MagnifierView id={id} name={name} hasThumbnail={hasThumbnail} />
      ) : (
        <ViewPicture key={`${id} ${view}`} id={id} view={view} label={`${t(title)}: ${name}`} />
      )}
      <dl className="view-words">
        <dt>{t('view-shows')}</dt>
        <dd>{t(shows)}</dd>
        <dt>{t('view-hides')}</dt>
        <dd>{t(hides)}</dd>
      </dl>
    </section>
  );
}

interface ViewProps {
  readonly id: string;
  readonly view: ForensicView;
  readonly label: string;
}

function ViewPicture({ id, view, label }: ViewProps) {
  const { t } = useI18n();
  const { address, error, retry } = useViewPicture(id, view);
  if (error) return <PictureError error={error} onRetry={retry} />;
  return (
    <div className="picture view-picture">
      {address ? <img src={address} alt={label} /> : <p role="status">{t('view-loading')}</p>}
    </div>
  );
}
