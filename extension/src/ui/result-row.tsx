import { stepOf } from '@touchstone/shared/present';
import { useState } from 'react';
import type { TabResult } from '../messaging/requests.ts';
import { STATE_WORDS } from '../overlay/card/provenance-words.ts';
import { Glyph } from './glyph.tsx';
import { ShareResult } from './share-result.tsx';
import { useTranslator } from './translation.tsx';

interface ResultRowProps {
  readonly outcome: TabResult['outcome'];
  /** Tells the pictures apart; the size, where there is none. */
  readonly name: string | undefined;
  onOpen(recordId: string): void;
}

/** One picture's answer in a list. */
export function ResultRow({ outcome, name, onOpen }: ResultRowProps) {
  const translator = useTranslator();
  const [sharing, setSharing] = useState(false);
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
  return (
    <li data-verdict={step} className="result-item">
      <button type="button" className="result" disabled={!record.logged} onClick={() => onOpen(record.id)}>
        <span className="chip">
          <Glyph name={step} />
        </span>
        <span className="result-words">
          <strong>{translator.verdict(verdict)}</strong>
          <span className="hint">
            {translator.text('probability-likely', { percent: translator.percent(verdict.probability) })}
          </span>
          <span className="hint clipped" dir="auto">
            {name ?? `${record.picture.width} × ${record.picture.height}`}
          </span>
          {record.provenance && (
            <span className="hint credentials">
              <Glyph name={STATE_WORDS[record.provenance.state].icon} />
              {translator.text('credentials')}: {translator.text(STATE_WORDS[record.provenance.state].title)}
            </span>
          )}
        </span>
      </button>
      <button
        type="button"
        className="link share-toggle"
        aria-expanded={sharing}
        aria-label={translator.text('share-of', { name: translator.verdict(verdict) })}
        onClick={() => setSharing(!sharing)}
      >
        {translator.text('share')}
      </button>
      {sharing && <ShareResult record={record} />}
    </li>
  );
}
