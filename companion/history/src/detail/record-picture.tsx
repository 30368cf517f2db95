import type { ResultRecord } from '@touchstone/shared';
import { type ReactNode, useState } from 'react';
import { originalAddress, thumbnailAddress } from '../api/companion.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { Icon } from '../ui/icons.tsx';

interface Props {
  readonly record: ResultRecord;
  readonly name: string;
  /** Drawn over the picture, exactly as large as it. */
  readonly children?: ReactNode;
}

/** The original where it was kept, else the preview, else a sentence. */
export function RecordPicture({ record, name, children }: Props) {
  const { t } = useI18n();
  const [brokenAddress, setBroken] = useState<string | null>(null);
  const { id, hasOriginal, hasThumbnail } = record;
  const picture = record.source.kind !== 'video';
  const candidates = [hasOriginal && picture ? originalAddress(id) : null, hasThumbnail ? thumbnailAddress(id) : null];
  // A browser may not show every format that the companion reads (TIFF): then the preview stands in.
  const address = candidates.find((one) => one !== null && one !== brokenAddress);
  return (
    <div className="picture">
      {address ? (
        <div className="picture-frame">
          <img key={address} src={address} alt={t('picture-of', { name })} onError={() => setBroken(address)} />
          {children}
        </div>
      ) : (
        <p className="picture-none">
          <Icon name="picture" size={28} />
          {t('no-picture')}
        </p>
      )}
    </div>
  );
}
