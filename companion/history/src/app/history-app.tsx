import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ResultRecord } from '@touchstone/shared';
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { fetchFacets } from '../api/companion.ts';
import { keys } from '../api/query-keys.ts';
import { CaseHead } from '../cases/case-head.tsx';
import { CasesPage } from '../cases/cases-page.tsx';
import { DetailPanel } from '../detail/detail-panel.tsx';
import { DropArea } from '../files/drop-area.tsx';
import { FileTray } from '../files/file-tray.tsx';
import { useFileChecks } from '../files/use-file-checks.ts';
import { FilterPanel } from '../filter/filter-panel.tsx';
import { withoutUndefined } from '../filter/filter-url.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { HistoryPane } from '../list/history-pane.tsx';
import { SettingsDialog } from '../settings/settings-dialog.tsx';
import { useRecording } from '../settings/use-recording.ts';
import { SystemPage } from '../system/system-page.tsx';
import { TeachPage } from '../teach/teach-page.tsx';
import { useRights } from '../team/rights.ts';
import { useTeam } from '../team/team-context.tsx';
import { TeamSystemPage } from '../team/team-system-page.tsx';
import { useMediaQuery, WIDE, WIDEST } from '../ui/use-media-query.ts';
import { isTeamPage, useAddress } from './address.ts';
import { Banners } from './banners.tsx';
import { FilterBar } from './filter-bar.tsx';
import { TopBar } from './top-bar.tsx';

/** Facet counts go out of date with every record; they are asked for again at most this often, in milliseconds. */
const FACETS_FRESH_MS = 15_000;

/** Not even loaded where there is no team. */
const TeamPages = lazy(() => import('../team/team-pages.tsx'));

/** The page once it has a session: filters, list, details. */
export function HistoryApp() {
  const { t } = useI18n();
  const client = useQueryClient();
  const { filter, recordId, page: asked, setFilter, openRecord, openPage } = useAddress();
  const team = useTeam();
  // On a person's own computer such an address shows the history.
  const page = isTeamPage(asked) && !team ? undefined : asked;
  const wide = useMediaQuery(WIDE);
  const widest = useMediaQuery(WIDEST);
  const recording = useRecording();
  const { mayWork, mayManage } = useRights();
  const checks = useFileChecks();
  const addFiles = checks.add;
  const drop = useCallback(
    ({ files }: DataTransfer) => {
      if (files.length > 0) addFiles([...files]);
    },
    [addFiles],
  );
  const [settingsOpen, setSettingsOpen] = useState(false);
  const [around, setAround] = useState<Around>({});
  const [focusKey, setFocusKey] = useState(recordId === undefined ? 0 : 1);
  const [deleteAsked, askToDelete] = useState<string | null>(null);
  const facets = useQuery({
    queryKey: keys.facets,
    queryFn: ({ signal }) => fetchFacets(signal),
    staleTime: FACETS_FRESH_MS,
  });

  useEffect(() => {
    document.title = `${t(page ?? 'history')} – ${t('popup-title')}`;
  }, [t, page]);

  const filterNow = useRef(filter);
  filterNow.current = filter;
  const onSearch = useCallback(
    (search: string) => setFilter(withoutUndefined({ ...filterNow.current, search: search || undefined })),
    [setFilter],
  );
  const open = (id: string, focus: boolean) => {
    openRecord(id, recordId === undefined ? 'push' : 'replace');
    if (focus || !wide) setFocusKey((key) => key + 1);
  };
  const close = () => {
    openRecord(undefined);
    const id = recordId ?? '';
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`)?.focus());
  };
  const openChecked = (record: ResultRecord) => {
    // While recording is paused the companion does not know the record: this page is the only one that has it.
    if (!record.logged) client.setQueryDefaults(keys.record(record.id), { staleTime: Number.POSITIVE_INFINITY });
    client.setQueryData(keys.record(record.id), record);
    open(record.id, true);
  };

  const detailOpen = recordId !== undefined;
  // Alone on a narrow page the details are its main part.
  const DetailFrame = wide ? 'aside' : 'main';
  return (
    <div className="app" data-detail={detailOpen || undefined}>
      {page === undefined && (
        <button type="button" className="skip-link" onClick={skipToResults}>
          {t('skip-to-results')}
        </button>
      )}
      <TopBar
        recording={recording}
        onFiles={checks.add}
        page={page}
        onPage={(next) => openPage(next === page && !isTeamPage(next) ? undefined : next)}
        onSettings={() => setSettingsOpen(true)}
      />
      <Banners
        paused={recording.paused}
        warnings={recording.status?.warnings ?? []}
        onResume={() => recording.setPaused(false)}
      />
      {page === 'system' && !team && <SystemPage onClose={() => openPage(undefined)} />}
      {page === 'system' && team && mayManage && <TeamSystemPage onClose={() => openPage(undefined)} />}
      {page === 'teach' && <TeachPage onClose={() => openPage(undefined)} />}
      {page === 'cases' && <CasesPage onClose={() => openPage(undefined)} onShow={(id) => setFilter({ case: id })} />}
      {isTeamPage(page) && (
        <Suspense fallback={<main className="system-page" aria-busy="true" />}>
          <TeamPages page={page} onClose={() => openPage(undefined)} />
        </Suspense>
      )}
      {/* The list keeps its place while another page is looked at. */}
      <div className="columns" hidden={page !== undefined}>
        {widest && (
          <aside className="rail" aria-label={t('filters')}>
            <FilterPanel filter={filter} facets={facets.data} onChange={setFilter} />
          </aside>
        )}
        {/* On a narrow page the list is only hidden, so that it keeps its place. */}
        <main className="list-pane" hidden={detailOpen && !wide}>
          <FilterBar
            filter={filter}
            facets={facets.data}
            withButton={!widest}
            onChange={setFilter}
            onSearch={onSearch}
          />
          {filter.case !== undefined && <CaseHead id={filter.case} onLeave={() => setFilter({})} />}
          <HistoryPane
            filter={filter}
            openId={recordId}
            deleteAsked={deleteAsked}
            onDeleteAnswered={() => askToDelete(null)}
            onOpen={open}
            onClose={close}
            onClear={() => setFilter({})}
            onContent={(content) => setFilter({ ...filter, content })}
            onAround={setAround}
            onCheckFiles={chooseFiles}
          />
        </main>
        {recordId !== undefined && (
          <DetailFrame className="detail-pane" aria-label={t('details')}>
            <DetailPanel
              id={recordId}
              known={around.record}
              previousId={around.previousId}
              nextId={around.nextId}
              focusKey={focusKey}
              onOpen={(id) => openRecord(id, 'replace')}
              onClose={close}
              onDelete={askToDelete}
            />
          </DetailFrame>
        )}
      </div>
      <FileTray checks={checks} onOpen={openChecked} />
      {/* The Teach page takes what is dropped on it. */}
      {page !== 'teach' && mayWork && (
        <DropArea title="drop-title" text="drop-text" onDrop={drop} onPaste={checks.add} />
      )}
      <SettingsDialog isOpen={settingsOpen} onClose={() => setSettingsOpen(false)} />
    </div>
  );
}

/** The open record and its neighbours, as far as the list has them. */
export interface Around {
  readonly record?: ResultRecord | undefined;
  readonly previousId?: string | undefined;
  readonly nextId?: string | undefined;
}

/** A button and not a link: a fragment in the address is where one-time links are. */
function skipToResults(): void {
  document.querySelector<HTMLElement>('#results [tabindex="0"], #results')?.focus();
}

function chooseFiles(): void {
  document.querySelector<HTMLInputElement>('.top-bar input[type="file"]')?.click();
}
