import { useCallback, useEffect } from 'react';
import { browser } from 'wxt/browser';
import { COMMANDS, type CommandName } from '../commands.ts';
import { useTranslator } from '../ui/translation.tsx';
import { useLoaded } from '../ui/use-loaded.ts';

/** Where each browser lets a person change keys. */
const PLACES = { chromium: 'chrome://extensions/shortcuts', firefox: 'about:addons' } as const;

/** Firefox opens its own page of keys for an extension; Chromium lets extensions open its page by address. */
interface ShortcutSettings {
  openShortcutSettings?(): Promise<void>;
}

async function currentKeys(): Promise<ReadonlyMap<string, string>> {
  const commands = await browser.commands.getAll();
  return new Map(commands.map(({ name = '', shortcut = '' }) => [name, shortcut]));
}

/** The keys as they are now, and where they are changed. */
export function KeysSection() {
  const translator = useTranslator();
  const { value: keys, reload } = useLoaded(useCallback(currentKeys, []));
  // Whoever comes back may have changed them.
  useEffect(() => {
    const look = () => void reload();
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, [reload]);
  const settings = browser.commands as typeof browser.commands & ShortcutSettings;
  const kind = settings.openShortcutSettings ? 'firefox' : 'chromium';
  const change = () => settings.openShortcutSettings?.() ?? browser.tabs.create({ url: PLACES.chromium });
  const names = Object.keys(COMMANDS) as CommandName[];
  return (
    <>
      <dl className="keys">
        {names.map((name) => (
          <div key={name} className="lead">
            <dt>{translator.text(COMMANDS[name].words)}</dt>
            <dd>{keys?.get(name) ? <kbd dir="ltr">{keys.get(name)}</kbd> : keys && translator.text('key-none')}</dd>
          </div>
        ))}
      </dl>
      <div className="part">
        <p className="hint">{translator.text(`keys-where-${kind}`, { address: PLACES[kind] })}</p>
        <button type="button" className="button" onClick={() => void change()}>
          {translator.text('keys-change')}
        </button>
      </div>
    </>
  );
}
