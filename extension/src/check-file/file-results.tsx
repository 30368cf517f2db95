import { askBackground } from '../messaging/ask-background.ts';
import { Glyph } from '../ui/glyph.tsx';
import { ResultRow } from '../ui/result-row.tsx';
import { useTranslator } from '../ui/translation.tsx';
import type { FileCheck } from './use-file-checks.ts';

/** Files and their answers, newest first. */
export function FileResults({ checks }: { readonly checks: readonly FileCheck[] }) {
  const translator = useTranslator();
  const open = (recordId: string) => void askBackground({ type: 'open-history', recordId }).catch(() => undefined);
  return (
    <ul className="file-results" aria-live="polite">
      {checks.map(({ key, name, outcome }) =>
        outcome ? (
          <ResultRow key={key} outcome={outcome} name={name} onOpen={open} />
        ) : (
          <li key={key} className="result" data-verdict="error">
            <span className="chip">
              <Glyph name="connecting" />
            </span>
            <span className="result-words">
              <strong>{translator.text('stage-judging')}</strong>
              <span className="hint clipped">
                <bdi>{name}</bdi>
              </span>
            </span>
          </li>
        ),
      )}
    </ul>
  );
}
