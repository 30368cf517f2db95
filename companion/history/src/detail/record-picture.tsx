import type { ResultRecord } from '@touchstone/shared';
import { useState } from 'react';
import { originalAddress, thumbnailAddress } from '../api/companion.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { Icon } from '../ui/icons.tsx';

interface Props {
  readonly record: ResultRecord;
  readonly name: string;
}

/** The original where it was kept, else the preview, else a sentence. */
export function RecordPicture({ record, name }: Props) {
  const { t } = useI18n();
  const [brokenAddress, setBroken] = useState<string | null>(null);
  const { id, hasOriginal, hasThumbnail } = record;
  const candidates = [hasOriginal ? originalAddress(id) : null, hasThumbnail ? thumbnailAddress(id) : null];
  // A browser may not show every format that the companion reads (TIFF): then the preview stands in.
  const address = candidates.find((one) => one !== null && one !== brokenAddress);
  return (
    <div className="picture">
      {address ? (
        <img key={address} src={address} alt={t('pictureOf', { name })} onError={() => setBroken(address)} />
      ) : (
        <p className="picture-none">
          <Icon name="picture" size={28} />
          {t('noPicture')}
        </p>
      )}
    </div>
  );
}
