import { packInWords } from '@touchstone/shared';
import { askBackground } from '../messaging/ask-background.ts';
import type { BackgroundState } from '../messaging/requests.ts';
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
  if (phase === 'not-paired') return <PairForm port={state.port} reload={reload} />;
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
