import { packInWords } from '@touchstone/shared';
import { browser } from 'wxt/browser';
import { askBackground } from '../messaging/ask-background.ts';
import type { BackgroundState } from '../messaging/requests.ts';
import { MachineButton } from '../team-server/machine-button.tsx';
import { TeamConnection } from '../team-server/team-connection.tsx';
import { teamInUse } from '../team-server/team-in-use.ts';
import { Command } from '../ui/command.tsx';
import { useTranslator } from '../ui/translation.tsx';
import { UpdateNotice } from '../ui/update-notice.tsx';
import { packsInUse } from './packs-in-use.ts';
import { PairForm } from './pair-form.tsx';
import { StartButton } from './start-button.tsx';

interface ConnectionProps {
  readonly state: BackgroundState;
  reload(): Promise<void>;
}

/** What runs where, or what to do so that it does. */
export function Connection({ state, reload }: ConnectionProps) {
  const translator = useTranslator();
  const { phase, status, error, waiting } = state;
  const address = teamInUse(state);
  if (address !== null) return <TeamConnection state={state} address={address} reload={reload} />;
  if (phase === 'connected' && status) {
    const facts = [
      translator.text('runs-on', { provider: status.provider }),
      ...packsInUse(status).map(({ role, ...pack }) => translator.text(role, { pack: packInWords(pack) })),
    ];
    return (
      <section className="panel facts">
        <p>{translator.text('connected-to', { version: status.version })}</p>
        <p className="hint">{facts.join(' · ')}</p>
        <UpdateNotice state={state} />
      </section>
    );
  }
  if (phase === 'not-paired') {
    return (
      <>
        <PairForm port={state.port} reload={reload} />
        <OtherMachine state={state} reload={reload} />
      </>
    );
  }
  if (phase === 'not-running') {
    return (
      <section className="panel">
        <h2>{translator.text('start-heading')}</h2>
        <StartButton label="native-start" reload={reload} />
        <p className="hint">{translator.text('start-step')}</p>
        <Command text="npm start" />
        {waiting > 0 && <p>{translator.text('waiting-count', { count: translator.number(waiting) })}</p>}
        <button
          type="button"
          className="button"
          onClick={() => void askBackground({ type: 'reconnect' }).then(reload, reload)}
        >
          {translator.text('try-now')}
        </button>
        <MachineButton state={state} reload={reload} />
      </section>
    );
  }
  if (!error) return null;
  const { message, nextStep } = translator.error(error);
  return (
    <section className="panel">
      <h2>{message}</h2>
      <p className="hint">{nextStep}</p>
    </section>
  );
}

/** The way to a team's server, from where this computer is not paired. A popup cannot ask for a permission: it would close. */
function OtherMachine({ state, reload }: ConnectionProps) {
  const translator = useTranslator();
  return (
    <div className="row wrap other-machine">
      {state.team === null ? (
        <button type="button" className="button" onClick={() => void browser.runtime.openOptionsPage()}>
          {translator.text('team-heading')}
        </button>
      ) : (
        <MachineButton state={state} reload={reload} />
      )}
    </div>
  );
}
