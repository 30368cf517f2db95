import type { ResultRecord } from '@touchstone/shared';
import { useState } from 'react';
import { originalAddress, thumbnailAddress } from '../api/companion.ts';
import { Icon } from '../ui/icons.tsx';

/** Small picture of a record; a drawn placeholder where none was kept. The name stands beside it, so it has none. */
export function Thumbnail({ record }: { readonly record: Pick<ResultRecord, 'id' | 'hasThumbnail' | 'hasOriginal'> }) {
  const [broken, setBroken] = useState(false);
  const address = record.hasThumbnail
    ? thumbnailAddress(record.id)
    : record.hasOriginal
      ? originalAddress(record.id)
      : null;
  return (
    <span className="thumbnail">
      {address && !broken ? (
        <img src={address} alt="" loading="lazy" decoding="async" draggable={false} onError={() => setBroken(true)} />
      ) : (
        <Icon name="picture" />
      )}
    </span>
  );
}
