import { useCallback, useState } from 'react';
import { browser } from 'wxt/browser';
import { askBackground, reportOf } from '../messaging/ask-background.ts';
import type { TabResult } from '../messaging/requests.ts';

/** A file on its way, or its answer. */
export interface FileCheck {
  readonly key: number;
  readonly name: string;
  readonly outcome: TabResult['outcome'] | undefined;
}

let lastKey = 0;

/** Checks files one after the other, and lists them, newest first. */
export function useFileChecks() {
  const [checks, setChecks] = useState<readonly FileCheck[]>([]);

  const answer = useCallback((key: number, outcome: TabResult['outcome']) => {
    setChecks((all) => all.map((one) => (one.key === key ? { ...one, outcome } : one)));
  }, []);

  const checkAt = useCallback(
    async (url: string, fileName: string): Promise<void> => {
      const key = ++lastKey;
      setChecks((all) => [{ key, name: fileName, outcome: undefined }, ...all]);
      try {
        const hidden = browser.extension.inIncognitoContext;
        const record = await askBackground({ type: 'check-file', url, fileName, private: hidden });
        answer(key, { kind: 'verdict', record });
      } catch (error) {
        answer(key, { kind: 'error', error: reportOf(error) });
      }
    },
    [answer],
  );

  const checkFiles = useCallback(
    async (files: Iterable<File>): Promise<void> => {
      for (const file of files) {
        const url = URL.createObjectURL(file);
        try {
          await checkAt(url, file.name);
        } finally {
          URL.revokeObjectURL(url);
        }
      }
    },
    [checkAt],
  );

  return { checks, checkAt, checkFiles };
}
