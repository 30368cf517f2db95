import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { AUDIT_FORMATS, type AuditChoice, type AuditFormat } from '@touchstone/shared/api';
import { useId, useState } from 'react';
import { Button } from 'react-aria-components';
import { keys } from '../../api/query-keys.ts';
import { exportAudit, fetchAudit, fetchPeople } from '../../api/team-people.ts';
import { dayOf } from '../../filter/filter-url.ts';
import { useI18n } from '../../i18n/i18n-context.tsx';
import { MenuButton } from '../../ui/menu-button.tsx';
import { useSaving } from '../../ui/use-saving.ts';
import { ViewPage } from '../../ui/view-page.tsx';
import { type AuditFilter, choiceOf, EVERYTHING } from './audit-filter.ts';
import { AuditFilterFields } from './audit-filter-fields.tsx';
import { DeedItem } from './deed-item.tsx';

const FORMAT_WORDS = { csv: 'export-csv', jsonl: 'export-jsonl' } as const satisfies Record<AuditFormat, string>;

/** Who did what in a team, newest first, as far down as is asked for. */
export function AuditPage({ onClose }: { readonly onClose: () => void }) {
  const { t } = useI18n();
  const title = useId();
  const [filter, setFilter] = useState<AuditFilter>(EVERYTHING);
  const chosen = choiceOf(filter);
  const people = useQuery({ queryKey: keys.people, queryFn: ({ signal }) => fetchPeople(signal) });
  const log = useInfiniteQuery({
    queryKey: [...keys.audit, chosen],
    queryFn: ({ pageParam, signal }) => fetchAudit(chosen, pageParam, signal),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: (previous) => previous,
    staleTime: 0,
  });
  const entries = log.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <ViewPage
      title={t('audit')}
      lead={t('audit-lead')}
      error={log.error ?? people.error}
      onClose={onClose}
      aside={<AuditExport chosen={chosen} />}
    >
      <div className="team-sections">
        <AuditFilterFields filter={filter} people={people.data ?? []} onChange={setFilter} />
        <section className="team-section" aria-labelledby={title} aria-busy={log.isPlaceholderData}>
          <h3 id={title}>{t('audit-entries')}</h3>
          {log.isPending && <p role="status">{t('people-loading')}</p>}
          {log.data && entries.length === 0 && <p role="status">{t('audit-nothing')}</p>}
          <ol className="deeds">
            {entries.map((entry) => (
              <DeedItem key={entry.number} of={entry} people={people.data ?? []} />
            ))}
          </ol>
          {log.hasNextPage && (
            <Button className="button" isPending={log.isFetchingNextPage} onPress={() => void log.fetchNextPage()}>
              {t('audit-older')}
            </Button>
          )}
        </section>
      </div>
    </ViewPage>
  );
}

/** Saves what is chosen as a file. */
function AuditExport({ chosen }: { readonly chosen: AuditChoice }) {
  const { t } = useI18n();
  const { busy, save } = useSaving();
  return (
    <MenuButton
      isDisabled={busy}
      actions={AUDIT_FORMATS.map((format) => ({
        id: format,
        words: t(FORMAT_WORDS[format]),
        run: () => void save(`touchstone-audit-${dayOf(new Date())}.${format}`, () => exportAudit(chosen, format)),
      }))}
    >
      {t(busy ? 'exporting' : 'export')}
    </MenuButton>
  );
}
