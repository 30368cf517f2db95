import { createContext, type ReactNode, use, useCallback, useMemo, useState } from 'react';
import { Icon } from './icons.tsx';

/** How long a message stays visible, in milliseconds; long enough for two short sentences. */
const VISIBLE_MS = 5000;

interface Notice {
  readonly key: number;
  readonly text: string;
  readonly tone: 'quiet' | 'shown' | 'error';
}

interface Announcer {
  /** Said to screen readers only. */
  readonly say: (text: string) => void;
  /** Said and shown for a while. */
  readonly show: (text: string, tone?: 'shown' | 'error') => void;
}

const Context = createContext<Announcer | null>(null);

/** One live region for the whole page, so that messages neither overlap nor get lost. */
export function AnnouncerProvider({ children }: { readonly children: ReactNode }) {
  const [notice, setNotice] = useState<Notice | null>(null);
  const put = useCallback((text: string, tone: Notice['tone']) => {
    const key = performance.now();
    setNotice({ key, text, tone });
    setTimeout(() => setNotice((current) => (current?.key === key ? null : current)), VISIBLE_MS);
  }, []);
  const value = useMemo<Announcer>(
    () => ({ say: (text) => put(text, 'quiet'), show: (text, tone = 'shown') => put(text, tone) }),
    [put],
  );
  return (
    <Context value={value}>
      {children}
      <div className="notices" role="status" aria-live="polite">
        {notice && (
          <p key={notice.key} className={notice.tone === 'quiet' ? 'visually-hidden' : `notice notice-${notice.tone}`}>
            {notice.tone !== 'quiet' && <Icon name={notice.tone === 'error' ? 'warning' : 'check'} />}
            {notice.text}
          </p>
        )}
      </div>
    </Context>
  );
}

export function useAnnouncer(): Announcer {
  const value = use(Context);
  if (!value) throw new Error('useAnnouncer needs an AnnouncerProvider above');
  return value;
}
