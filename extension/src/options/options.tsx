import type { ExtensionSettings } from '@touchstone/shared';
import { useState } from 'react';
import { askBackground } from '../messaging/ask-background.ts';
import { privacyText, teamInUse } from '../team-server/team-in-use.ts';
import { openOwnPage } from '../ui/open-own-page.ts';
import { Switch } from '../ui/switch.tsx';
import { useTranslator } from '../ui/translation.tsx';
import { useConnection, useSettings } from '../ui/use-background.ts';
import { BadgeFields } from './badge-fields.tsx';
import { CompanionSection } from './companion-section.tsx';
import { KeysSection } from './keys-section.tsx';
import { LanguageField } from './language-field.tsx';
import { ModeFields } from './mode-fields.tsx';
import { SearchField } from './search-field.tsx';
import { TeamChoice } from './team-choice.tsx';
import { TeamSection } from './team-section.tsx';
import { VideoFields } from './video-fields.tsx';

export type SaveSettings = (patch: Partial<ExtensionSettings>) => Promise<void>;

/** The options page. Every change is saved at once. */
export function Options() {
  const translator = useTranslator();
  const { value: stored, reload } = useSettings();
  const connection = useConnection();
  const [saved, setSaved] = useState<'' | 'saved' | 'save-failed'>('');
  /** Chosen and on its way to the background; shown at once. */
  const [chosen, setChosen] = useState<Partial<ExtensionSettings>>({});
  if (!stored) return null;
  const settings = { ...stored, ...chosen };
  const address = teamInUse(connection.value);

  const save: SaveSettings = async (patch) => {
    setSaved('');
    setChosen((before) => ({ ...before, ...patch }));
    try {
      await askBackground({ type: 'set-settings', patch });
      setSaved('saved');
    } catch {
      setSaved('save-failed');
    }
    await reload();
    setChosen({});
  };

  return (
    <>
      <header>
        <img src="/icon/96.png" width="40" height="40" alt="" />
        <h1>{translator.text('options-title')}</h1>
        <p className={saved === 'save-failed' ? 'problem' : 'saved'} role="status">
          {saved && translator.text(saved)}
        </p>
      </header>
      <main>
        <section>
          <h2>{translator.text('section-when')}</h2>
          <div className="card">
            <ModeFields settings={settings} save={save} />
            <VideoFields settings={settings} save={save} />
            <BadgeFields settings={settings} save={save} />
          </div>
        </section>
        <section>
          <h2>{translator.text('section-keys')}</h2>
          <div className="card">
            <KeysSection />
          </div>
        </section>
        <section>
          <h2>{translator.text('section-privacy')}</h2>
          <div className="card">
            <Switch
              label={translator.text('allow-private')}
              hint={translator.text('allow-private-hint')}
              checked={settings.allowPrivate}
              onChange={(allowPrivate) => save({ allowPrivate })}
            />
            <SearchField settings={settings} save={save} />
            <p className="hint part">{privacyText(translator, address)}</p>
          </div>
        </section>
        <section>
          <h2>{translator.text('section-language')}</h2>
          <div className="card">
            <LanguageField language={settings.language} save={save} />
          </div>
        </section>
        {connection.value && (
          <section>
            <h2>{translator.text('section-machine')}</h2>
            <div className="card">
              {address === null ? (
                <>
                  <CompanionSection state={connection.value} reload={connection.reload} />
                  <TeamChoice state={connection.value} reload={connection.reload} />
                </>
              ) : (
                <TeamSection state={connection.value} address={address} reload={connection.reload} />
              )}
            </div>
          </section>
        )}
        <section>
          <h2>{translator.text('section-about')}</h2>
          <div className="card">
            <p>{translator.text('about-text')}</p>
            <button type="button" className="button" onClick={() => void openOwnPage('welcome.html')}>
              {translator.text('welcome-again')}
            </button>
            {connection.value && (
              <p className="hint">{translator.text('about-version', { version: connection.value.extensionVersion })}</p>
            )}
          </div>
        </section>
      </main>
    </>
  );
}
