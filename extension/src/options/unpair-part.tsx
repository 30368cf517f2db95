import { useState } from 'react';
import { askBackground } from '../messaging/ask-background.ts';
import { useTranslator } from '../ui/translation.tsx';

interface Props {
  /** What happens then. */
  readonly hint: string;
  /** What the button says. */
  readonly words: string;
  reload(): Promise<void>;
}

/** Parts this browser from the machine that is used, once a person has said so twice. */
export function UnpairPart({ hint, words, reload }: Props) {
  const translator = useTranslator();
  const [asking, setAsking] = useState(false);
  const unpair = () => {
    setAsking(false);
    void askBackground({ type: 'unpair' }).then(reload, reload);
  };
  return (
    <div className="part lead">
      <span className="hint">{hint}</span>
      {asking ? (
        <span className="row">
          <button type="button" className="button danger" onClick={unpair}>
            {translator.text('unpair-confirm')}
          </button>
          <button type="button" className="button" onClick={() => setAsking(false)}>
            {translator.text('cancel')}
          </button>
        </span>
      ) : (
        <button type="button" className="button danger" onClick={() => setAsking(true)}>
          {words}
        </button>
      )}
    </div>
  );
}
