import { type KeyboardEvent, type PointerEvent, useDeferredValue, useState } from 'react';
import { Button } from 'react-aria-components';
import { originalAddress, thumbnailAddress } from '../api/companion.ts';
import type { Magnifier } from '../api/evidence.ts';
import { PictureError } from '../evidence/picture-error.tsx';
import { useI18n } from '../i18n/i18n-context.tsx';
import { Icon, type IconName } from '../ui/icons.tsx';
import { movedBy, placed } from './magnifier-place.ts';
import { useViewPicture } from './use-view-picture.ts';

interface Props {
  readonly id: string;
  readonly name: string;
  readonly hasThumbnail: boolean;
}

const MOVES: readonly (readonly [
  key: string,
  icon: IconName,
  name: 'move-left' | 'move-up' | 'move-down' | 'move-right',
])[] = [
  ['ArrowLeft', 'left', 'move-left'],
  ['ArrowUp', 'previous', 'move-up'],
  ['ArrowDown', 'next', 'move-down'],
  ['ArrowRight', 'right', 'move-right'],
];

/** The whole picture with a frame that keys, buttons and the pointer move, and beside it what is in the frame. */
export function MagnifierView({ id, name, hasThumbnail }: Props) {
  const { t, share } = useI18n();
  const [place, setPlace] = useState<Magnifier>({ x: 0.5, y: 0.5, zoom: 4 });
  // While the pointer drags, only the place where it rests is asked for.
  const { address, error, retry } = useViewPicture(id, 'magnifier', useDeferredValue(place));
  const where = t('magnifier-place', {
    x: share(place.x),
    y: share(place.y),
    zoom: place.zoom,
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const moved = event.altKey || event.ctrlKey || event.metaKey ? undefined : movedBy(event.key, place);
    if (!moved) return;
    event.preventDefault();
    setPlace(moved);
  };
  const onPointer = (event: PointerEvent<HTMLDivElement>) => {
    if (event.type === 'pointermove' && event.buttons === 0) return;
    const box = event.currentTarget.getBoundingClientRect();
    const x = (event.clientX - box.left) / box.width;
    const y = (event.clientY - box.top) / box.height;
    setPlace(placed({ x, y, zoom: place.zoom }));
  };
  const press = (key: string) => setPlace(movedBy(key, place) ?? place);
  const side = `${100 / place.zoom}%`;

  if (error) return <PictureError error={error} onRetry={retry} />;
  return (
    <div className="magnifier" dir="ltr">
      <div className="picture view-picture">
        {address ? (
          <img src={address} alt={`${t('view-magnifier')}: ${where}`} />
        ) : (
          <p role="status">{t('view-loading')}</p>
        )}
      </div>
      <div className="magnifier-controls">
        {/* biome-ignore lint/a11y/useSemanticElements: a place in two directions; no element of HTML is that */}
        <div
          className="magnifier-map"
          role="group"
          aria-roledescription={t('magnifier-role')}
          aria-label={`${name}: ${where}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: keys move the frame
          tabIndex={0}
          onKeyDown={onKeyDown}
          onPointerDown={onPointer}
          onPointerMove={onPointer}
        >
          <img src={hasThumbnail ? thumbnailAddress(id) : originalAddress(id)} alt="" draggable={false} />
          <span
            className="magnifier-frame"
            style={{
              left: `${(place.x - 0.5 / place.zoom) * 100}%`,
              top: `${(place.y - 0.5 / place.zoom) * 100}%`,
              width: side,
              height: side,
            }}
          />
        </div>
        <div className="magnifier-buttons">
          {MOVES.map(([key, icon, label]) => (
            <Button key={key} className="button-icon" aria-label={t(label)} onPress={() => press(key)}>
              <Icon name={icon} />
            </Button>
          ))}
          <Button
            className="button"
            aria-label={t('zoom-out')}
            isDisabled={place.zoom === 2}
            onPress={() => press('-')}
          >
            −
          </Button>
          <bdi className="magnifier-zoom">{place.zoom}×</bdi>
          <Button
            className="button"
            aria-label={t('zoom-in')}
            isDisabled={place.zoom === 16}
            onPress={() => press('+')}
          >
            +
          </Button>
        </div>
        <p className="help" dir="auto" role="status">
          {where}
        </p>
        <p className="help" dir="auto">
          {t('magnifier-keys')}
        </p>
      </div>
    </div>
  );
}
