import type { ErrorReport } from '@touchstone/shared';
import type { MessageKey } from '@touchstone/shared/words';
import { useState } from 'react';
import { askBackground, reportOf } from '../messaging/ask-background.ts';
import { useTranslator } from '../ui/translation.tsx';

interface StartButtonProps {
  readonly label: MessageKey;
  reload(): Promise<void>;
}

/** One press instead of a terminal: the native messaging host starts the companion and pairs. */
export function StartButton({ label, reload }: StartButtonProps) {
  const translator = useTranslator();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ErrorReport>();

  const press = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await askBackground({ type: 'start-companion' });
    } catch (error) {
      setProblem(reportOf(error));
    }
    setBusy(false);
    await reload();
  };

  // No host is no fault: then it goes on by hand, as the lines below say.
  const words = problem?.code === 'companion-unreachable' ? translator.text('native-missing') : problem?.message;
  return (
    <>
      <button type="button" className="button primary" disabled={busy} onClick={() => void press()}>
        {translator.text(busy ? 'native-busy' : label)}
      </button>
      <p className="problem" role="alert">
        {words}
      </p>
    </>
  );
}
