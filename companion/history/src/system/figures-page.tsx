import { type QueryKey, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { dateFormat } from '../text/formatters.ts';
import { ViewPage } from '../ui/view-page.tsx';
import { useFiguresWords } from './use-figures-words.ts';

/** How often the numbers are asked for while the page is looked at, in milliseconds. */
const RENEWED_EVERY_MS = 5_000;

interface Props<Figures> {
  readonly lead: string;
  readonly queryKey: QueryKey;
  readonly ask: (signal: AbortSignal) => Promise<Figures>;
  readonly onClose: () => void;
  readonly children: (figures: Figures) => ReactNode;
}

/** A page of numbers that are as of a moment, and asked for anew while somebody looks at them. `at` in milliseconds since 1970. */
export function FiguresPage<Figures extends { readonly at: number }>(props: Props<Figures>) {
  const { lead, queryKey, ask, onClose, children } = props;
  const { t, locale } = useFiguresWords();
  const { data, error } = useQuery({
    queryKey,
    queryFn: ({ signal }) => ask(signal),
    refetchInterval: RENEWED_EVERY_MS,
  });
  return (
    <ViewPage
      title={t('system')}
      lead={lead}
      aside={
        data && (
          <p className="help system-as-of">
            {t('system-as-of', { time: dateFormat(locale, { timeStyle: 'medium' }).format(data.at) })}
          </p>
        )
      }
      error={error}
      errorTitle={t('system-error-title')}
      onClose={onClose}
    >
      {!data && !error && <p role="status">{t('system-loading')}</p>}
      {data && <div className="system-grid">{children(data)}</div>}
    </ViewPage>
  );
}
