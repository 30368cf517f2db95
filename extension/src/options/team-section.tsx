import type { BackgroundState } from '../messaging/requests.ts';
import { MachineButton } from '../team-server/machine-button.tsx';
import { TeamForm } from '../team-server/team-form.tsx';
import { Glyph } from '../ui/glyph.tsx';
import { useTranslator } from '../ui/translation.tsx';
import { UnpairPart } from './unpair-part.tsx';

interface TeamSectionProps {
  readonly state: BackgroundState;
  /** Address of the server. */
  readonly address: string;
  reload(): Promise<void>;
}

/** The team's server that is used: how it stands, how to be let in again, the way back to this computer, and how to part. */
export function TeamSection({ state, address, reload }: TeamSectionProps) {
  const translator = useTranslator();
  const { phase, status, error } = state;
  const { host } = new URL(address);
  const report = error && translator.error(error);
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
      <UnpairPart
        hint={translator.text('unpair-team-hint', { host })}
        words={translator.text('unpair-team')}
        reload={reload}
      />
    </>
  );
}
