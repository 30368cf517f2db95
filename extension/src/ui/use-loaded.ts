import { useCallback, useEffect, useRef, useState } from 'react';

export interface Loaded<Value> {
  readonly value: Value | undefined;
  readonly failed: boolean;
  reload(): void;
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
    load().then(
      (loaded) => {
        if (turn !== latest.current) return;
        setValue(loaded);
        setFailed(false);
      },
      () => turn === latest.current && setFailed(true),
    );
  }, [load]);
  useEffect(() => {
    reload();
    return () => {
      latest.current++;
    };
  }, [reload]);
  return { value, failed, reload };
}
