import { useCase } from '../cases/use-cases.ts';
import { type PageFilter, toHistoryFilter } from '../filter/filter-url.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { useRights } from '../team/rights.ts';
import { Icon } from '../ui/icons.tsx';
import { MenuButton } from '../ui/menu-button.tsx';
import { ExportMenu } from './export-menu.tsx';
import { type ExportFormat, exportName } from './export-name.ts';
import { COUNTED_UP_TO } from './history-data.ts';
import { hasSelection, type Selection, selectAll } from './selection.ts';
import { SelectionBar } from './selection-bar.tsx';
import type { SelectionActions } from './use-selection-actions.ts';

interface Props {
  readonly filter: PageFilter;
  readonly filtered: boolean;
  readonly total: number;
  /** Different files among them; undefined where the list has one row a record. */
  readonly contents: number | undefined;
  readonly sizeOfRow: (id: string) => number;
  readonly loading: boolean;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
  readonly actions: SelectionActions;
}

/** Count, selection, export and deletion above the list. */
export function ListToolbar(props: Props) {
  const { filter, filtered, total, contents = total, sizeOfRow, loading, selection, onSelect, actions } = props;
  const { t } = useI18n();
  const { mayWork, mayOwnCase } = useRights();
  const shown = useCase(filter.case);
  const over = total > COUNTED_UP_TO;
  const nameOf = (format: ExportFormat) =>
    exportName(filter, format, new Date(), hasSelection(selection) && !selection.all);
  if (hasSelection(selection))
    return <SelectionBar {...{ filter, selection, total, sizeOfRow, actions, onSelect }} exportName={nameOf} />;
  return (
    <div className="list-toolbar">
      <span className="count" role="status">
        {loading ? '' : over ? t('results-over', { count: COUNTED_UP_TO }) : t('results', { count: total })}
        {!loading && contents < total && ` · ${t('files-among', { count: contents })}`}
      </span>
      <span className="spacer" />
      {mayWork && (
        <ExportMenu what={async () => ({ filter: toHistoryFilter(filter) })} nameOf={nameOf} isDisabled={total === 0} />
      )}
      {mayWork && (
        <MenuButton
          label={t('more')}
          isDisabled={total === 0}
          actions={[
            { id: 'select', words: t('select-all-matching'), run: () => onSelect(selectAll()) },
            // What is in somebody else's case is not all one's own.
            ...(filter.case === undefined || (shown && mayOwnCase(shown))
              ? [
                  {
                    id: 'delete',
                    words: t(filtered ? 'delete-matching' : 'delete-everything'),
                    run: actions.removeMatching,
                    isDanger: true,
                  },
                ]
              : []),
          ]}
        >
          <Icon name="more" />
        </MenuButton>
      )}
    </div>
  );
}
