import { stepOf } from '@touchstone/shared/present';
import type { TabResults as Results, TabResult } from '../messaging/requests.ts';
import { STATE_WORDS } from '../overlay/card/provenance-words.ts';
import { Glyph } from '../ui/glyph.tsx';
import { useTranslator } from '../ui/translation.tsx';
import { resultName } from './result-name.ts';

/** Results listed; the history has them all. */
const LISTED = 8;

interface TabResultsProps extends Results {
  readonly canCheck: boolean;
  onOpen(recordId: string): void;
  onCheckVisible(): void;
}

/** What this tab's pictures were judged to be: the answer that no page can repaint. */
export function TabResults({ results, more, canCheck, onOpen, onCheckVisible }: TabResultsProps) {
  const translator = useTranslator();
  const left = results.length + more - Math.min(LISTED, results.length);
  return (
    <section className="panel results">
      <h2>{translator.text('tab-results')}</h2>
      {results.length === 0 && <p className="hint">{translator.text('mode-ask-hint')}</p>}
      <ul>
        {results.slice(0, LISTED).map((result) => (
          <Row key={`${result.at} ${result.url ?? ''}`} result={result} onOpen={onOpen} />
        ))}
      </ul>
      <div className="row spread">
        {left > 0 && <p className="hint">{translator.text('tab-results-more', { count: translator.number(left) })}</p>}
        {canCheck && (
          <button type="button" className="link" onClick={onCheckVisible}>
            {translator.text('check-visible')}
          </button>
        )}
      </div>
    </section>
  );
}

function Row({ result, onOpen }: { readonly result: TabResult; onOpen(recordId: string): void }) {
  const translator = useTranslator();
  const { outcome } = result;
  if (outcome.kind === 'error') {
    return (
      <li className="result" data-verdict="error">
        <span className="chip">
          <Glyph name="error" />
        </span>
        <span className="result-words">
          <strong>{translator.text('error-title')}</strong>
          <span className="hint">{translator.error(outcome.error).message}</span>
        </span>
      </li>
    );
  }
  const { record } = outcome;
  const { verdict } = record;
  const step = stepOf(verdict);
  const name = resultName(result.url) ?? `${record.picture.width} × ${record.picture.height}`;
  return (
    <li data-verdict={step}>
      <button type="button" className="result" disabled={!record.logged} onClick={() => onOpen(record.id)}>
        <span className="chip">
          <Glyph name={step} />
        </span>
        <span className="result-words">
          <strong>{translator.verdict(verdict)}</strong>
          <span className="hint">
            {translator.text('probability-likely', { percent: translator.percent(verdict.probability) })}
          </span>
          <span className="hint clipped">
            <bdi>{name}</bdi>
          </span>
          {record.provenance && (
            <span className="hint credentials">
              <Glyph name={STATE_WORDS[record.provenance.state].icon} />
              {translator.text('credentials')}: {translator.text(STATE_WORDS[record.provenance.state].title)}
            </span>
          )}
        </span>
      </button>
    </li>
  );
}
