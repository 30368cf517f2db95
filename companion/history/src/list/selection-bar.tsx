import { Button } from 'react-aria-components';
import { CaseActions } from '../cases/case-actions.tsx';
import type { PageFilter } from '../filter/filter-url.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { useRights } from '../team/rights.ts';
import { Icon } from '../ui/icons.tsx';
import { ExportMenu } from './export-menu.tsx';
import type { ExportFormat } from './export-name.ts';
import { NOTHING_SELECTED, type Selection, selectAll } from './selection.ts';
import type { SelectionActions } from './use-selection-actions.ts';

interface Props {
  readonly filter: PageFilter;
  readonly selection: Selection;
  /** Records that match the filter. */
  readonly total: number;
  readonly sizeOfRow: (id: string) => number;
  readonly actions: SelectionActions;
  readonly exportName: (format: ExportFormat) => string;
  readonly onSelect: (selection: Selection) => void;
}

/** How many results are selected, and what can be done with them. */
export function SelectionBar({ filter, selection, total, sizeOfRow, actions, exportName, onSelect }: Props) {
  const { t } = useI18n();
  const { mayWork } = useRights();
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
        <Button className="button" onPress={() => actions.compare([first, second])}>
          <Icon name="compare" />
          {t('compare')}
        </Button>
      )}
      {mayWork && (
        <>
          <Button className="button" onPress={actions.recheck}>
            <Icon name="again" />
            {t('recheck-open')}
          </Button>
          <ExportMenu what={actions.exported} nameOf={exportName} />
          <Button className="button button-danger" onPress={() => actions.remove()}>
            <Icon name="trash" />
            {t('delete')}
          </Button>
        </>
      )}
    </div>
  );
}
