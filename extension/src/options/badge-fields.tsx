import type { ExtensionSettings } from '@touchstone/shared';
import { useEffect, useId, useState } from 'react';
import { useTranslator } from '../ui/translation.tsx';
import type { SaveSettings } from './options.tsx';

const CORNERS: readonly ExtensionSettings['badgeCorner'][] = ['top-start', 'top-end', 'bottom-start', 'bottom-end'];
/** Range of the slider, in CSS pixels; the schema allows more. */
const SIDE = { min: 32, max: 512, step: 8 } as const;
/** Wait after the last move of the slider before it is saved. */
const SAVE_AFTER_MS = 250;

/** Which pictures automatic checks leave alone, and where badges sit. */
export function BadgeFields({ settings, save }: { readonly settings: ExtensionSettings; readonly save: SaveSettings }) {
  const translator = useTranslator();
  const id = useId();
  const [side, setSide] = useState(settings.minimumSide);
  useEffect(() => setSide(settings.minimumSide), [settings.minimumSide]);
  useEffect(() => {
    if (side === settings.minimumSide) return;
    const timer = setTimeout(() => void save({ minimumSide: side }), SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  });
  const sideText = translator.text('minimum-side-value', { pixels: translator.number(side) });

  return (
    <>
      <div className="part">
        <div className="lead">
          <label htmlFor={`${id}side`}>{translator.text('minimum-side')}</label>
          <output htmlFor={`${id}side`}>{sideText}</output>
        </div>
        <p id={`${id}hint`} className="hint">
          {translator.text('minimum-side-hint')}
        </p>
        <input
          id={`${id}side`}
          type="range"
          {...SIDE}
          value={side}
          aria-describedby={`${id}hint`}
          aria-valuetext={sideText}
          onChange={(event) => setSide(event.currentTarget.valueAsNumber)}
        />
      </div>
      <fieldset className="part corners">
        <legend>{translator.text('badge-corner')}</legend>
        <div className="picture">
          {CORNERS.map((corner) => (
            <label key={corner} className={`corner ${corner}`} title={translator.text(`corner-${corner}`)}>
              <input
                type="radio"
                name="corner"
                value={corner}
                aria-label={translator.text(`corner-${corner}`)}
                checked={settings.badgeCorner === corner}
                onChange={() => void save({ badgeCorner: corner })}
              />
            </label>
          ))}
        </div>
        <p className="hint">{translator.text(`corner-${settings.badgeCorner}`)}</p>
      </fieldset>
    </>
  );
}
