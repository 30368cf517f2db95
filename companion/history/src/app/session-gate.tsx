import { useQueryClient } from '@tanstack/react-query';
import type { SignInMethods } from '@touchstone/shared/api';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { sessionLost } from '../api/request.ts';
import { forgetSession, isOfTeam, openSession, type SessionState } from '../api/session.ts';
import { fetchMethods, readTeamLink, type TeamLink, waysIn } from '../api/team.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { LiveProvider } from '../live/live-context.tsx';
import { LanguageSelect } from '../settings/language-select.tsx';
import { forgetLetIn, type LetInStep, letIn, readLetIn } from '../team/let-in.ts';
import { LetInPage } from '../team/let-in-page.tsx';
import { SignInPage } from '../team/sign-in-page.tsx';
import { TeamProvider } from '../team/team-context.tsx';
import { HistoryApp } from './history-app.tsx';
import { Mark } from './mark.tsx';

/** How somebody comes in at a team's server. */
interface TeamDoor {
  readonly methods: SignInMethods;
  readonly link: TeamLink;
}

/** The extension of this browser asks to be let in, and somebody is signed in. */
interface Asking {
  readonly step: LetInStep;
}

type Gate = SessionState | TeamDoor | Asking | 'opening' | 'unreachable';

function placeOf({ location, history, sessionStorage: storage, fetch }: Window) {
  return { location, history, storage, fetch: fetch.bind(window) };
}

/** Opens the session, or finds out how one is opened here. */
async function enter(): Promise<Gate> {
  const place = placeOf(window);
  // Before the fragment is taken out of the address.
  const link = readTeamLink(place.location.hash);
  const step = readLetIn(place);
  const state = await openSession(place);
  if (state === 'open') return step && isOfTeam() ? { step } : state;
  const methods = await fetchMethods(place);
  return methods ? { methods, link } : state;
}

/** Opens the session before anything is asked; without one, says how to get one. */
export function SessionGate() {
  const [gate, setGate] = useState<Gate>('opening');
  const started = useRef(false);
  const client = useQueryClient();

  const open = useCallback(() => {
    enter().then(setGate, () => setGate('unreachable'));
  }, []);

  useEffect(() => {
    // A one-time link must be traded once, also where effects run twice.
    if (!started.current) open();
    started.current = true;
    const lost = () => {
      const ofTeam = isOfTeam();
      forgetSession();
      // The next who signs in here may be somebody else.
      client.clear();
      if (ofTeam) open();
      else setGate('none');
    };
    // A link followed in a tab that shows this page already changes only the fragment.
    const followed = () => window.location.hash !== '' && open();
    sessionLost.addEventListener('lost', lost);
    window.addEventListener('hashchange', followed);
    return () => {
      sessionLost.removeEventListener('lost', lost);
      window.removeEventListener('hashchange', followed);
    };
  }, [open, client]);

  if (gate === 'open') {
    return (
      <TeamProvider>
        <LiveProvider>
          <HistoryApp />
        </LiveProvider>
      </TeamProvider>
    );
  }
  if (typeof gate === 'object') {
    const place = placeOf(window);
    const leave = () => {
      forgetLetIn(place);
      setGate('open');
    };
    const goOn = () => {
      const step = readLetIn(place);
      setGate(step ? { step } : 'open');
    };
    return (
      <main className="gate">
        <Mark size={48} />
        {'step' in gate ? (
          <LetInPage step={gate.step} agree={(hash) => letIn(place, hash)} onLeave={leave} />
        ) : (
          <SignInPage {...gate} ways={waysIn(place)} onIn={goOn} />
        )}
      </main>
    );
  }
  return <Outside gate={gate} onRetry={open} />;
}

function Outside({
  gate,
  onRetry,
}: {
  readonly gate: Exclude<Gate, 'open' | TeamDoor | Asking>;
  readonly onRetry: () => void;
}) {
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
