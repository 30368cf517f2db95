import { useCallback, useEffect, useRef, useState } from 'react';

export interface Loaded<Value> {
  readonly value: Value | undefined;
  readonly failed: boolean;
  /** Settles when the value is there, or failed to come. */
  reload(): Promise<void>;
}

/**
 * Loads a value, and again whenever `reload` is called; a later answer never loses to an earlier one.
 * @param load must be stable
 */
export function useLoaded<Value>(load: () => Promise<Value>): Loaded<Value> {
  const [value, setValue] = useState<Value>();
  const [failed, setFailed] = useState(false);
  const latest = useRef(0);
  const reload = useCallback(() => {
    const turn = ++latest.current;
    return load().then(
      (loaded) => {
        if (turn !== latest.current) return;
        setValue(loaded);
        setFailed(false);
      },
      () => {
        if (turn === latest.current) setFailed(true);
      },
    );
  }, [load]);
  useEffect(() => {
    void reload();
    return () => {
      latest.current++;
    };
  }, [reload]);
  return { value, failed, reload };
}
