import type { ResultRecord } from '@touchstone/shared';
import { useState } from 'react';
import { originalAddress, thumbnailAddress } from '../api/companion.ts';
import { Icon } from '../ui/icons.tsx';

type Shown = Pick<ResultRecord, 'id' | 'hasThumbnail' | 'hasOriginal' | 'source'>;

/** Small picture of a record; a drawn placeholder where none was kept. The name stands beside it, so it has none. */
export function Thumbnail({ record }: { readonly record: Shown }) {
  const [broken, setBroken] = useState(false);
  const video = record.source.kind === 'video';
  const address = record.hasThumbnail
    ? thumbnailAddress(record.id)
    : record.hasOriginal && !video
      ? originalAddress(record.id)
      : null;
  return (
    <span className="thumbnail">
      {address && !broken ? (
        <img src={address} alt="" loading="lazy" decoding="async" draggable={false} onError={() => setBroken(true)} />
      ) : (
        <Icon name={video ? 'video' : 'picture'} />
      )}
      {video && address && !broken && (
        <span className="thumbnail-mark">
          <Icon name="video" size={16} />
        </span>
      )}
    </span>
  );
}
