import { type ExtensionSettings, IMAGE_SEARCHES } from '@touchstone/shared';
import { useId } from 'react';
import { SERVICES } from '../overlay/card/next-section.ts';
import { useTranslator } from '../ui/translation.tsx';
import type { SaveSettings } from './options.tsx';

/** Which service a card may offer to look where else a picture appears. */
export function SearchField({ settings, save }: { readonly settings: ExtensionSettings; readonly save: SaveSettings }) {
  const translator = useTranslator();
  const id = useId();
  return (
    <div className="part">
      <div className="lead">
        <label htmlFor={id}>{translator.text('image-search')}</label>
        <select
          id={id}
          className="field"
          value={settings.imageSearch}
          onChange={({ target }) => {
            const chosen = IMAGE_SEARCHES.find((one) => one === target.value);
            if (chosen) void save({ imageSearch: chosen });
          }}
        >
          {IMAGE_SEARCHES.map((one) => (
            <option key={one} value={one}>
              {one === 'none' ? translator.text('image-search-none') : SERVICES[one]}
            </option>
          ))}
        </select>
      </div>
      <p className="hint">{translator.text('image-search-hint')}</p>
    </div>
  );
}
