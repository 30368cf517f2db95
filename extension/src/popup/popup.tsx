import { useCallback, useState } from 'react';
import { browser } from 'wxt/browser';
import { askBackground, reportOf } from '../messaging/ask-background.ts';
import type { RequestInput } from '../messaging/requests.ts';
import { teamInUse } from '../team-server/team-in-use.ts';
import { activePage } from '../ui/active-page.ts';
import { openOwnPage } from '../ui/open-own-page.ts';
import { Switch } from '../ui/switch.tsx';
import { useTranslator } from '../ui/translation.tsx';
import { useConnection, useFresh, useSettings } from '../ui/use-background.ts';
import { useLoaded } from '../ui/use-loaded.ts';
import { Connection } from './connection.tsx';
import { PopupHeader } from './popup-header.tsx';
import { SiteSection } from './site-section.tsx';
import { TabMedia } from './tab-media.tsx';
import { TabResults } from './tab-results.tsx';

const NO_RESULTS = { results: [], more: 0 };

/** The toolbar popup: connection, this site, this tab's results. No page can touch what it says. */
export function Popup() {
  const translator = useTranslator();
  const connection = useConnection();
  const settings = useSettings();
  const page = useLoaded(activePage);
  const tabId = page.value?.tabId;
  const results = useFresh(
    useCallback(
      async () => (tabId === undefined ? NO_RESULTS : askBackground({ type: 'tab-results', tabId })),
      [tabId],
    ),
    'results',
  );
  const [problem, setProblem] = useState('');

  const perform = async (request: RequestInput) => {
    setProblem('');
    try {
      await askBackground(request);
    } catch (error) {
      const { message, nextStep } = translator.error(reportOf(error));
      setProblem(`${message} ${nextStep}`);
    }
    await Promise.all([connection.reload(), settings.reload()]);
  };

  const state = connection.value;
  if (!state) return <PopupHeader phase="connecting" />;
  const connected = state.phase === 'connected';
  const listed = results.value ?? NO_RESULTS;
  const host = page.value?.host;
  const team = teamInUse(state);
  return (
    <>
      <PopupHeader phase={state.phase} ofTeam={team !== null} />
      <main>
        <Connection state={state} reload={connection.reload} />
        {settings.value && page.value && (
          <SiteSection
            host={host}
            settings={settings.value}
            ready={connected || state.phase === 'connecting'}
            ofTeam={team !== null}
            onSwitch={(site, enabled) => perform({ type: 'site-switch', host: site, enabled })}
          />
        )}
        {host !== undefined && tabId !== undefined && (
          <TabMedia
            tabId={tabId}
            canCheck={connected}
            onCheckPicture={({ frameId, number }) => perform({ type: 'check-picture', tabId, frameId, number })}
            onCheckVideo={({ frameId, number }) => perform({ type: 'check-video', tabId, frameId, number })}
            onOpen={(recordId) => void perform({ type: 'open-history', recordId })}
          />
        )}
        {host !== undefined && (connected || listed.results.length > 0) && (
          <TabResults
            {...listed}
            canCheck={connected}
            onOpen={(recordId) => void perform({ type: 'open-history', recordId })}
            onCheckVisible={() => tabId !== undefined && void perform({ type: 'check-viewport', tabId })}
          />
        )}
        <p className="problem" role="alert">
          {problem}
        </p>
      </main>
      <footer>
        {state.status && team === null && (
          <Switch
            label={translator.text('recording-pause')}
            {...(state.status.recordingPaused && { hint: translator.text('recording-paused-hint') })}
            checked={!state.status.recordingPaused}
            onChange={(recording) => perform({ type: 'set-recording', paused: !recording })}
          />
        )}
        <div className="row">
          <button
            type="button"
            className="button grow"
            disabled={!connected}
            onClick={() => void perform({ type: 'open-history' })}
          >
            {translator.text('history')}
          </button>
          <button type="button" className="button grow" onClick={() => void openOwnPage('check.html')}>
            {translator.text('check-file')}
          </button>
          <button type="button" className="button grow" onClick={() => void browser.runtime.openOptionsPage()}>
            {translator.text('options')}
          </button>
        </div>
      </footer>
    </>
  );
}
