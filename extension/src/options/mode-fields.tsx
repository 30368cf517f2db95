import type { ExtensionSettings } from '@touchstone/shared';
import { useTranslator } from '../ui/translation.tsx';
import type { SaveSettings } from './options.tsx';
import { SiteList } from './site-list.tsx';

const MODES: readonly ExtensionSettings['autoCheck'][] = ['ask', 'watched', 'everywhere'];

/** When pictures are checked, and the list of sites that the choice needs. */
export function ModeFields({ settings, save }: { readonly settings: ExtensionSettings; readonly save: SaveSettings }) {
  const translator = useTranslator();
  const { autoCheck, watchedSites, mutedSites } = settings;
  return (
    <>
      <fieldset className="choices">
        <legend className="unseen">{translator.text('section-when')}</legend>
        {MODES.map((mode) => (
          <label key={mode} className="choice">
            <input
              type="radio"
              name="mode"
              value={mode}
              checked={autoCheck === mode}
              onChange={() => void save({ autoCheck: mode })}
            />
            <span>
              <span className="choice-label">{translator.text(`mode-${mode}`)}</span>
              <span className="hint">{translator.text(`mode-${mode}-hint`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {autoCheck === 'watched' && (
        <SiteList
          title={translator.text('watched-sites')}
          sites={watchedSites}
          onChange={(sites) => void save({ watchedSites: sites })}
        />
      )}
      {autoCheck === 'everywhere' && (
        <SiteList
          title={translator.text('muted-sites')}
          sites={mutedSites}
          onChange={(sites) => void save({ mutedSites: sites })}
        />
      )}
    </>
  );
}
