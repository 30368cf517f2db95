import { useId, useState } from 'react';

interface SwitchProps {
  readonly label: string;
  readonly hint?: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  /** Settles when `checked` says what came of it; until then the switch shows what was asked for. */
  onChange(checked: boolean): Promise<void>;
}

/** A labelled on/off switch; the whole row can be pressed. */
export function Switch({ label, hint, checked, disabled = false, onChange }: SwitchProps) {
  const hintId = useId();
  const [wanted, setWanted] = useState<boolean>();
  const shown = wanted ?? checked;
  const change = (next: boolean) => {
    setWanted(next);
    void onChange(next).finally(() => setWanted(undefined));
  };
  return (
    <label className="switch">
      <span className="switch-words">
        <span className="switch-label">{label}</span>
        {hint && (
          <span id={hintId} className="hint">
            {hint}
          </span>
        )}
      </span>
      <input
        type="checkbox"
        role="switch"
        checked={shown}
        aria-checked={shown}
        disabled={disabled}
        aria-describedby={hint ? hintId : undefined}
        onChange={(event) => change(event.currentTarget.checked)}
      />
    </label>
  );
}
