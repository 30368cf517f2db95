import type { BackgroundState } from '../messaging/requests.ts';
import { Glyph } from '../ui/glyph.tsx';
import { useTranslator } from '../ui/translation.tsx';

/** Name and connection state: a shape and a word, so that colour is not needed. */
export function PopupHeader({
  phase,
  ofTeam = false,
}: {
  readonly phase: BackgroundState['phase'];
  readonly ofTeam?: boolean;
}) {
  const translator = useTranslator();
  return (
    <header>
      <img src="/icon/48.png" width="24" height="24" alt="" />
      <h1>{translator.text('popup-title')}</h1>
      <span className="state" data-phase={phase} role="status">
        <Glyph name={phase} />
        {translator.text(ofTeam && phase === 'not-running' ? 'state-unreachable' : `state-${phase}`)}
      </span>
    </header>
  );
}
