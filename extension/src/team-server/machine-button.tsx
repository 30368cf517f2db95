import { askBackground } from '../messaging/ask-background.ts';
import type { BackgroundState } from '../messaging/requests.ts';
import { useTranslator } from '../ui/translation.tsx';

interface MachineButtonProps {
  readonly state: BackgroundState;
  reload(): Promise<void>;
}

/** One press to the other machine; both pairings stay. Nothing where no team's server is known. */
export function MachineButton({ state: { machine, team }, reload }: MachineButtonProps) {
  const translator = useTranslator();
  if (team === null) return null;
  const other = machine === 'team' ? 'computer' : 'team';
  const { host } = new URL(team);
  return (
    <button
      type="button"
      className="button"
      onClick={() => void askBackground({ type: 'use-machine', machine: other }).then(reload, reload)}
    >
      {translator.text(`use-${other}`, { host })}
    </button>
  );
}
