import { useEffect, useId, useState } from 'react';
import { useTranslator } from '../ui/translation.tsx';

/** Wait after the last move of the slider before it is saved. */
const SAVE_AFTER_MS = 250;

interface SideFieldProps {
  readonly label: string;
  readonly hint: string;
  /** In CSS pixels. */
  readonly range: { readonly min: number; readonly max: number; readonly step: number };
  readonly side: number;
  save(side: number): void;
}

/** A slider for a displayed side in pixels, with its value in words. */
export function SideField({ label, hint, range, side: stored, save }: SideFieldProps) {
  const translator = useTranslator();
  const id = useId();
  const [side, setSide] = useState(stored);
  useEffect(() => setSide(stored), [stored]);
  useEffect(() => {
    if (side === stored) return;
    const timer = setTimeout(() => save(side), SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  });
  const words = translator.text('minimum-side-value', { pixels: translator.number(side) });
  return (
    <div className="part">
      <div className="lead">
        <label htmlFor={`${id}side`}>{label}</label>
        <output htmlFor={`${id}side`}>{words}</output>
      </div>
      <p id={`${id}hint`} className="hint">
        {hint}
      </p>
      <input
        id={`${id}side`}
        type="range"
        {...range}
        value={side}
        aria-describedby={`${id}hint`}
        aria-valuetext={words}
        onChange={(event) => setSide(event.currentTarget.valueAsNumber)}
      />
    </div>
  );
}
