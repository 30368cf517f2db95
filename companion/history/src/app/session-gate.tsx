import { useCallback, useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { sessionLost } from '../api/request.ts';
import { forgetSession, openSession, type SessionState } from '../api/session.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { LiveProvider } from '../live/live-context.tsx';
import { LanguageSelect } from '../settings/language-select.tsx';
import { HistoryApp } from './history-app.tsx';
import { Mark } from './mark.tsx';

type Gate = SessionState | 'opening' | 'unreachable';

/** Opens the session before anything is asked; without one, says how to get one. */
export function SessionGate() {
  const [gate, setGate] = useState<Gate>('opening');
  const started = useRef(false);

  const open = useCallback(() => {
    const { location, history, sessionStorage: storage } = window;
    openSession({ location, history, storage, fetch: window.fetch.bind(window) }).then(setGate, () =>
      setGate('unreachable'),
    );
  }, []);

  useEffect(() => {
    // A one-time link must be traded once, also where effects run twice.
    if (!started.current) open();
    started.current = true;
    const lost = () => {
      forgetSession();
      setGate('none');
    };
    // A link followed in a tab that shows this page already changes only the fragment.
    const followed = () => window.location.hash !== '' && open();
    sessionLost.addEventListener('lost', lost);
    window.addEventListener('hashchange', followed);
    return () => {
      sessionLost.removeEventListener('lost', lost);
      window.removeEventListener('hashchange', followed);
    };
  }, [open]);

  if (gate === 'open') {
    return (
      <LiveProvider>
        <HistoryApp />
      </LiveProvider>
    );
  }
  return <Outside gate={gate} onRetry={open} />;
}

function Outside({ gate, onRetry }: { readonly gate: Exclude<Gate, 'open'>; readonly onRetry: () => void }) {
  const { t } = useI18n();
  useEffect(() => {
    document.title = `${t('history')} – ${t('popup-title')}`;
  }, [t]);
  const without = gate === 'none' || gate === 'link-used';
  // The paired extension, where there is one, answers with a new one-time link in the fragment.
  useEffect(() => {
    if (without) document.dispatchEvent(new Event('touchstone-session-lost'));
  }, [without]);
  return (
    <main className="gate" {...(without && { 'data-touchstone-session': 'none' })}>
      <Mark size={48} />
      {gate === 'opening' && <p role="status">{t('opening-session')}</p>}
      {gate === 'unreachable' && (
        <>
          <h1>{t('offline-title')}</h1>
          <p>{t('offline-step')}</p>
          <Button className="button button-primary" onPress={onRetry}>
            {t('try-now')}
          </Button>
        </>
      )}
      {without && (
        <>
          <h1>{t('no-session-title')}</h1>
          <p>{t(gate === 'none' ? 'no-session-text' : 'no-session-used')}</p>
          <ul className="gate-ways">
            <li>{t('no-session-extension')}</li>
            <li>
              {t('no-session-terminal')} <code dir="ltr">npm run touchstone open</code>
            </li>
          </ul>
          <LanguageSelect />
        </>
      )}
    </main>
  );
}
