import { useEffect, useState } from 'react';
import { useTranslator } from './translation.tsx';

/** How long "Copied" stands, in milliseconds. */
const COPIED_MS = 2_000;

/** A command to run in a terminal, with a button that copies it. */
export function Command({ text }: { readonly text: string }) {
  const translator = useTranslator();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <div className="command">
      <code dir="ltr">{text}</code>
      <button
        type="button"
        className="button small"
        onClick={() => navigator.clipboard.writeText(text).then(() => setCopied(true))}
      >
        <span aria-live="polite">{translator.text(copied ? 'copied' : 'copy')}</span>
      </button>
    </div>
  );
}
