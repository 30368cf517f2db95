import { useState } from 'react';
import { askBackground } from '../messaging/ask-background.ts';
import type { BackgroundState } from '../messaging/requests.ts';
import { MachineButton } from '../team-server/machine-button.tsx';
import { TeamForm } from '../team-server/team-form.tsx';
import { Glyph } from '../ui/glyph.tsx';
import { useTranslator } from '../ui/translation.tsx';

interface TeamSectionProps {
  readonly state: BackgroundState;
  /** Address of the server. */
  readonly address: string;
  reload(): Promise<void>;
}

/** The team's server that is used: how it stands, how to be let in again, the way back to this computer, and how to part. */
export function TeamSection({ state, address, reload }: TeamSectionProps) {
  const translator = useTranslator();
  const [asking, setAsking] = useState(false);
  const { phase, status, error } = state;
  const { host } = new URL(address);
  const report = error && translator.error(error);
  const forget = () => {
    setAsking(false);
    void askBackground({ type: 'unpair' }).then(reload, reload);
  };
  return (
    <>
      <div className="lead">
        <span className="state" data-phase={phase}>
          <Glyph name={phase} />
          {translator.text(phase === 'not-running' ? 'state-unreachable' : `state-${phase}`)}
        </span>
        {status && (
          <span className="hint">{translator.text('connected-to-team', { host, version: status.version })}</span>
        )}
      </div>
      {status && <p className="hint">{translator.text('team-judges', { host })}</p>}
      {report && (
        <p>
          {report.message} {report.nextStep}
        </p>
      )}
      {phase === 'not-paired' && <TeamForm address={address} />}
      <div className="part lead">
        <span className="hint">{translator.text('use-computer-hint', { host })}</span>
        <MachineButton state={state} reload={reload} />
      </div>
      <div className="part lead">
        <span className="hint">{translator.text('unpair-team-hint', { host })}</span>
        {asking ? (
          <span className="row">
            <button type="button" className="button danger" onClick={forget}>
              {translator.text('unpair-confirm')}
            </button>
            <button type="button" className="button" onClick={() => setAsking(false)}>
              {translator.text('cancel')}
            </button>
          </span>
        ) : (
          <button type="button" className="button danger" onClick={() => setAsking(true)}>
            {translator.text('unpair-team')}
          </button>
        )}
      </div>
    </>
  );
}
