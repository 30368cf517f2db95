import type { BackgroundState } from '../messaging/requests.ts';
import { MachineButton } from '../team-server/machine-button.tsx';
import { TeamForm } from '../team-server/team-form.tsx';
import { useTranslator } from '../ui/translation.tsx';

/** While this computer judges: the way back to a team's server that is known, or to a first one. */
export function TeamChoice({ state, reload }: { readonly state: BackgroundState; reload(): Promise<void> }) {
  const translator = useTranslator();
  return (
    <div className="part team-choice">
      <h3>{translator.text('team-heading')}</h3>
      {state.team === null ? (
        <>
          <p className="hint">{translator.text('team-lead')}</p>
          <TeamForm address={null} />
        </>
      ) : (
        <div className="lead">
          <span className="hint">{translator.text('use-team-hint')}</span>
          <MachineButton state={state} reload={reload} />
        </div>
      )}
    </div>
  );
}
