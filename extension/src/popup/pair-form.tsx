import { DEFAULT_PORT, type ErrorReport, parsePairingCode } from '@touchstone/shared';
import { type FormEvent, useId, useState } from 'react';
import { askBackground, reportOf } from '../messaging/ask-background.ts';
import { Command } from '../ui/command.tsx';
import { useTranslator } from '../ui/translation.tsx';
import { StartButton } from './start-button.tsx';

interface PairFormProps {
  /** Port paired with last, if any. */
  readonly port: number | null;
  reload(): Promise<void>;
}

/** Pairing: by the link that the companion printed, or by typing its code. */
export function PairForm({ port: lastPort, reload }: PairFormProps) {
  const translator = useTranslator();
  const [code, setCode] = useState('');
  const [port, setPort] = useState(String(lastPort ?? DEFAULT_PORT));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ErrorReport | 'malformed'>();
  const id = useId();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const parsed = parsePairingCode(code);
    if (!parsed) {
      setProblem('malformed');
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      // The form stands only where no pairing works, and a typed code leaves no doubt about what is wanted.
      await askBackground({ type: 'pair', code: parsed, port: Number(port), replace: true });
    } catch (error) {
      setProblem(reportOf(error));
    }
    setBusy(false);
    await reload();
  };

  const wordsOf = (report: ErrorReport) => {
    const { message, nextStep } = translator.error(report);
    return `${message} ${nextStep}`;
  };
  const words = problem === 'malformed' ? translator.text('pair-code-malformed') : problem && wordsOf(problem);
  return (
    <form className="panel" onSubmit={(event) => void submit(event)}>
      <h2>{translator.text('pair-heading')}</h2>
      <StartButton label="native-pair" reload={reload} />
      <p>{translator.text('pair-step-link')}</p>
      <p>{translator.text('pair-step-code')}</p>
      <label className="labelled" htmlFor={`${id}code`}>
        <span className="hint">{translator.text('pair-code-label')}</span>
        <input
          id={`${id}code`}
          className="field code"
          dir="ltr"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          placeholder="XXXX-XXXX-XXXX-XXXX"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}problem`}
        />
      </label>
      <div className="row pair-row">
        <label className="labelled port" htmlFor={`${id}port`}>
          <span className="hint">{translator.text('port')}</span>
          <input
            id={`${id}port`}
            className="field"
            dir="ltr"
            type="number"
            min={1}
            max={65_535}
            required
            value={port}
            onChange={(event) => setPort(event.currentTarget.value)}
          />
        </label>
        <button type="submit" className="button primary grow" disabled={busy || code.trim() === ''}>
          {translator.text(busy ? 'pairing' : 'pair-button')}
        </button>
      </div>
      <p id={`${id}problem`} className="problem" role="alert">
        {words}
      </p>
      <p className="hint">{translator.text('pair-new-code')}</p>
      <Command text="npm run touchstone -- pair" />
    </form>
  );
}
