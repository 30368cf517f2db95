import type { TabResults as Results } from '../messaging/requests.ts';
import { resultName } from '../share/picture-name.ts';
import { ResultRow } from '../ui/result-row.tsx';
import { useTranslator } from '../ui/translation.tsx';

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
          <ResultRow
            key={`${result.at} ${result.url ?? ''}`}
            outcome={result.outcome}
            name={resultName(result.url)}
            onOpen={onOpen}
          />
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
