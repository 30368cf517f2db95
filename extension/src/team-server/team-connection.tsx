import { browser } from 'wxt/browser';
import { askBackground } from '../messaging/ask-background.ts';
import type { BackgroundState } from '../messaging/requests.ts';
import { useTranslator } from '../ui/translation.tsx';
import { MachineButton } from './machine-button.tsx';

interface TeamConnectionProps {
  readonly state: BackgroundState;
  /** Address of the server. */
  readonly address: string;
  reload(): Promise<void>;
}

/** Which team's machines judge, or why they do not and what to do. */
export function TeamConnection({ state, address, reload }: TeamConnectionProps) {
  const translator = useTranslator();
  const { phase, status, error, waiting } = state;
  const { host } = new URL(address);
  if (phase === 'connected' && status) {
    return (
      <section className="panel facts">
        <p>{translator.text('connected-to-team', { host, version: status.version })}</p>
        <p className="hint">{translator.text('team-judges', { host })}</p>
      </section>
    );
  }
  if (!error) return null;
  const { message, nextStep } = translator.error(error);
  return (
    <section className="panel">
      <h2>{message}</h2>
      <p className="hint" dir="ltr">
        {host}
      </p>
      <p>{nextStep}</p>
      {waiting > 0 && <p>{translator.text('waiting-count', { count: translator.number(waiting) })}</p>}
      <div className="row wrap">
        {phase === 'not-paired' ? (
          <button type="button" className="button primary" onClick={() => void browser.runtime.openOptionsPage()}>
            {translator.text('team-sign-in')}
          </button>
        ) : (
          <>
            <button
              type="button"
              className="button primary"
              onClick={() => void askBackground({ type: 'reconnect' }).then(reload, reload)}
            >
              {translator.text('try-now')}
            </button>
            <button type="button" className="button" onClick={() => void browser.tabs.create({ url: address })}>
              {translator.text('team-open-page', { host })}
            </button>
          </>
        )}
        <MachineButton state={state} reload={reload} />
      </div>
    </section>
  );
}
