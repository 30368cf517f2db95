import { packInWords } from '@touchstone/shared';
import { chooseLanguage, providerReasonText } from '@touchstone/shared/words';
import type { BackgroundState } from '../messaging/requests.ts';
import { PairForm } from '../popup/pair-form.tsx';
import { Glyph } from '../ui/glyph.tsx';
import { useTranslator } from '../ui/translation.tsx';
import { UpdateNotice } from '../ui/update-notice.tsx';
import { UnpairPart } from './unpair-part.tsx';

/** The paired companion: what runs, why on that provider, and how to part. */
export function CompanionSection({ state, reload }: { readonly state: BackgroundState; reload(): Promise<void> }) {
  const translator = useTranslator();
  const { phase, status, error } = state;
  if (phase === 'not-paired') return <PairForm port={state.port} reload={reload} />;

  const report = error && translator.error(error);
  return (
    <>
      <div className="lead">
        <span className="state" data-phase={phase}>
          <Glyph name={phase} />
          {translator.text(`state-${phase}`)}
        </span>
        {status && <span className="hint">{translator.text('connected-to', { version: status.version })}</span>}
      </div>
      <UpdateNotice state={state} />
      {status && (
        <ul className="hint">
          <li>
            {translator.text('runs-on', { provider: status.provider })} —{' '}
            {providerReasonText(status.providerWhy, chooseLanguage(translator.language, []), status.providerReason)}
          </li>
          {status.packs.map(({ name, version }) => (
            <li key={name}>{translator.text('pack-in-use', { pack: packInWords({ name, version }) })}</li>
          ))}
        </ul>
      )}
      {report && (
        <p>
          {report.message} {report.nextStep}
        </p>
      )}
      <UnpairPart hint={translator.text('unpair-hint')} words={translator.text('unpair')} reload={reload} />
    </>
  );
}
