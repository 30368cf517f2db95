import type { ErrorReport } from '@touchstone/shared';
import { type FormEvent, useId, useState } from 'react';
import { askBackground, reportOf } from '../messaging/ask-background.ts';
import { readTeamAddress } from '../messaging/team-address.ts';
import { useTranslator } from '../ui/translation.tsx';
import { askToReach } from './ask-to-reach.ts';

interface TeamFormProps {
  /** Address that it was last, if any. */
  readonly address: string | null;
}

type Outcome = 'malformed' | 'asked' | 'not-allowed' | ErrorReport;

/** A team's server, by its address: the browser is asked for this host, then the server's own page opens. */
export function TeamForm({ address: last }: TeamFormProps) {
  const translator = useTranslator();
  const [typed, setTyped] = useState(last ?? '');
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const id = useId();
  const host = hostOf(typed);

  const askAt = async (address: string): Promise<Outcome> => {
    try {
      if (!(await askToReach(address))) return 'not-allowed';
      await askBackground({ type: 'ask-team', address });
      return 'asked';
    } catch (error) {
      return reportOf(error);
    }
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const address = readTeamAddress(typed);
    if (address === undefined) {
      setOutcome('malformed');
      return;
    }
    setBusy(true);
    setOutcome(undefined);
    setOutcome(await askAt(address));
    setBusy(false);
  };
  const problemOf = (): string | undefined => {
    if (outcome === undefined || outcome === 'asked') return undefined;
    if (outcome === 'malformed') return translator.text('team-address-malformed');
    if (outcome === 'not-allowed') return translator.text('team-permission', { host });
    const { message, nextStep } = translator.error(outcome);
    return `${message} ${nextStep}`;
  };
  const problem = problemOf();
  return (
    <form className="panel team-form" onSubmit={(event) => void submit(event)} noValidate>
      <label className="labelled" htmlFor={`${id}address`}>
        <span className="hint">{translator.text('team-address')}</span>
        <input
          id={`${id}address`}
          className="field"
          dir="ltr"
          type="url"
          inputMode="url"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          placeholder="https://touchstone.example.org"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}problem`}
        />
      </label>
      <div className="row">
        <button type="submit" className="button primary" disabled={busy || typed.trim() === ''}>
          {translator.text('team-sign-in')}
        </button>
      </div>
      <p role="status">{outcome === 'asked' && translator.text('team-asked', { host })}</p>
      <p id={`${id}problem`} className="problem" role="alert">
        {problem}
      </p>
    </form>
  );
}

function hostOf(typed: string): string {
  const address = readTeamAddress(typed);
  return address === undefined ? typed : new URL(address).host;
}
