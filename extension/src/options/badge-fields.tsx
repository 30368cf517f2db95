import type { ExtensionSettings } from '@touchstone/shared';
import { Switch } from '../ui/switch.tsx';
import { useTranslator } from '../ui/translation.tsx';
import type { SaveSettings } from './options.tsx';
import { SideField } from './side-field.tsx';

const CORNERS: readonly ExtensionSettings['badgeCorner'][] = ['top-start', 'top-end', 'bottom-start', 'bottom-end'];
/** Range of the slider, in CSS pixels; the schema allows more. */
const SIDE = { min: 32, max: 512, step: 8 } as const;

/** Which pictures automatic checks leave alone, which of them are shown, and where badges sit. */
export function BadgeFields({ settings, save }: { readonly settings: ExtensionSettings; readonly save: SaveSettings }) {
  const translator = useTranslator();

  return (
    <>
      <div className="part">
        <Switch
          label={translator.text('only-likely-ai')}
          hint={translator.text('only-likely-ai-hint')}
          checked={settings.onlyLikelyAi}
          onChange={(onlyLikelyAi) => save({ onlyLikelyAi })}
        />
      </div>
      <SideField
        label={translator.text('minimum-side')}
        hint={translator.text('minimum-side-hint')}
        range={SIDE}
        side={settings.minimumSide}
        save={(side) => void save({ minimumSide: side })}
      />
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
