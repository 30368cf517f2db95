import { toErrorReport } from '@touchstone/shared';
import { useState } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { exportRecords } from '../api/companion.ts';
import { CaseActions } from '../cases/case-actions.tsx';
import { type PageFilter, toHistoryFilter } from '../filter/filter-url.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { errorSentences } from '../i18n/sentences.ts';
import { useAnnouncer } from '../ui/announcer.tsx';
import { Icon } from '../ui/icons.tsx';
import { downloadBlob } from './download-blob.ts';
import { exportName } from './export-name.ts';
import { COUNTED_UP_TO } from './history-data.ts';
import { hasSelection, NOTHING_SELECTED, type Selection, selectAll } from './selection.ts';

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
  readonly onCompare: (pair: readonly [string, string]) => void;
  readonly onDeleteSelected: () => void;
  readonly onDeleteMatching: () => void;
}

/** Count, selection, export and deletion above the list. */
export function ListToolbar(props: Props) {
  const { filter, filtered, total, contents = total, sizeOfRow, loading, selection, onSelect, onCompare } = props;
  const { onDeleteSelected, onDeleteMatching } = props;
  const { t } = useI18n();
  const over = total > COUNTED_UP_TO;
  if (hasSelection(selection)) {
    const [first, second, ...others] = selection.ids;
    const count = [...selection.ids].reduce((sum, id) => sum + sizeOfRow(id), 0);
    return (
      <div className="list-toolbar list-toolbar-selection">
        <span className="count" role="status">
          {selection.all ? t('selected-all') : t('selected', { count })}
        </span>
        {!selection.all && total > count && (
          <Button className="button-link" onPress={() => onSelect(selectAll())}>
            {t('select-all-matching')}
          </Button>
        )}
        <span className="spacer" />
        <Button className="button-link" onPress={() => onSelect(NOTHING_SELECTED)}>
          {t('clear-selection')}
        </Button>
        <CaseActions filter={filter} selection={selection} onSelect={onSelect} />
        {!selection.all && first !== undefined && second !== undefined && others.length === 0 && (
          <Button className="button" onPress={() => onCompare([first, second])}>
            <Icon name="compare" />
            {t('compare')}
          </Button>
        )}
        <Button className="button button-danger" onPress={onDeleteSelected}>
          <Icon name="trash" />
          {t('delete')}
        </Button>
      </div>
    );
  }
  return (
    <div className="list-toolbar">
      <span className="count" role="status">
        {loading ? '' : over ? t('results-over', { count: COUNTED_UP_TO }) : t('results', { count: total })}
        {!loading && contents < total && ` · ${t('files-among', { count: contents })}`}
      </span>
      <span className="spacer" />
      <ExportMenu filter={filter} isDisabled={total === 0} />
      <MenuTrigger>
        <Button className="button-icon" aria-label={t('more')} isDisabled={total === 0}>
          <Icon name="more" />
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu className="menu">
            <MenuItem className="option" onAction={() => onSelect(selectAll())}>
              {t('select-all-matching')}
            </MenuItem>
            <MenuItem className="option option-danger" onAction={onDeleteMatching}>
              {filtered ? t('delete-matching') : t('delete-everything')}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
    </div>
  );
}

function ExportMenu({ filter, isDisabled }: { readonly filter: PageFilter; readonly isDisabled: boolean }) {
  const { t, language } = useI18n();
  const { show } = useAnnouncer();
  const [busy, setBusy] = useState(false);
  const run = async (format: 'csv' | 'json') => {
    setBusy(true);
    try {
      const name = exportName(filter, format, new Date());
      downloadBlob(await exportRecords({ format, filter: toHistoryFilter(filter) }), name);
      show(t('exported', { name }));
    } catch (error) {
      const { message, nextStep } = errorSentences(language, toErrorReport(error));
      show(`${message} ${nextStep}`, 'error');
    } finally {
      setBusy(false);
    }
  };
  return (
    <MenuTrigger>
      <Button className="button" isDisabled={isDisabled || busy}>
        {busy ? t('exporting') : t('export')}
        <Icon name="next" size={16} />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu className="menu">
          <MenuItem className="option" onAction={() => void run('csv')}>
            {t('export-csv')}
          </MenuItem>
          <MenuItem className="option" onAction={() => void run('json')}>
            {t('report-json')}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
