import { toErrorReport } from '@touchstone/shared';
import type { WaitingDeletions } from '@touchstone/shared/api';
import { useCallback, useEffect, useState } from 'react';
import { undoDeletion, waitingDeletions } from '../api/companion.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { errorSentences } from '../i18n/sentences.ts';
import { useLive } from '../live/live-context.tsx';
import { useRights } from '../team/rights.ts';
import { useAnnouncer } from '../ui/announcer.tsx';

/** One deletion as the person asked for it; many records take several requests. */
export interface Undoable {
  /** How many results went. */
  readonly count: number;
  /** Ids of the deletions. */
  readonly deletions: readonly string[];
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** Deletions that can be taken back, the last one first, by a button or Ctrl+Z (Cmd+Z), for as long as the companion holds them back. */
export function useUndo(onRestored: () => Promise<void>) {
  const { t, language } = useI18n();
  const { show } = useAnnouncer();
  const { subscribe } = useLive();
  const { mayWork } = useRights();
  const [waiting, setWaiting] = useState<readonly Undoable[]>([]);
  const last = waiting.at(-1);

  useEffect(() => {
    if (waiting.length === 0) return;
    const soonest = Math.min(...waiting.map(({ until }) => until));
    const expire = () => setWaiting((all) => all.filter(({ until }) => until > Date.now()));
    const timer = setTimeout(expire, Math.max(0, soonest - Date.now()));
    return () => clearTimeout(timer);
  }, [waiting]);

  // What was deleted before this page was loaded, or in another tab.
  useEffect(() => {
    if (!mayWork) return;
    const loaded = new AbortController();
    waitingDeletions(loaded.signal).then(
      ({ deletions }) => setWaiting((all) => withDeletions(all, deletions)),
      // The list itself says what keeps the companion from answering.
      () => {},
    );
    return () => loaded.abort();
  }, [mayWork]);

  // Another tab may have taken it back.
  useEffect(
    () =>
      subscribe((live) => {
        if (live.type !== 'restored') return;
        setWaiting((all) => all.filter(({ deletions }) => deletions[0] !== live.deletion));
      }),
    [subscribe],
  );

  const undo = useCallback(async () => {
    if (!last) return;
    setWaiting((all) => all.filter((one) => one !== last));
    let restored = 0;
    try {
      for (const deletion of last.deletions) restored += await undoDeletion(deletion);
    } catch (error) {
      const { message, nextStep } = errorSentences(language, toErrorReport(error));
      show(`${message} ${nextStep}`, 'error');
    }
    if (restored === 0) return;
    show(t('restored', { count: restored }));
    await onRestored();
  }, [last, language, show, t, onRestored]);

  useEffect(() => {
    if (!last) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const wanted = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.code === 'KeyZ';
      if (!wanted || event.defaultPrevented || isTyping(event.target)) return;
      event.preventDefault();
      void undo();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [last, undo]);

  const add = useCallback((one: Undoable) => setWaiting((all) => [...all, one]), []);
  const dismiss = useCallback(() => setWaiting([]), []);
  return { last, add, undo, dismiss };
}

/** Those that wait, with what the companion knows besides. */
export function withDeletions(waiting: readonly Undoable[], told: WaitingDeletions['deletions']): readonly Undoable[] {
  const known = new Set(waiting.flatMap(({ deletions }) => deletions));
  const before = told.filter(({ deletion }) => !known.has(deletion));
  return [...before.map(({ deletion, until, count }) => ({ count, deletions: [deletion], until })), ...waiting];
}

/** Where the keys already undo something else, or where a dialog is in front. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return (
    target.closest(
      'input:not([type="checkbox"]), textarea, [contenteditable], [role="dialog"], [role="alertdialog"]',
    ) !== null
  );
}

/** The keys that undo, as they are called on this computer. */
export const undoKeys = (): string => (/Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘Z' : 'Ctrl+Z');
