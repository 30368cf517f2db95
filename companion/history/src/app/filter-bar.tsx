import type { HistoryFacets } from '@touchstone/shared';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { ActiveFilters } from '../filter/active-filters.tsx';
import { FilterPanel } from '../filter/filter-panel.tsx';
import { activeParts, type PageFilter } from '../filter/filter-url.ts';
import { SearchBox } from '../filter/search-box.tsx';
import { useI18n } from '../i18n/i18n-context.tsx';
import { Icon } from '../ui/icons.tsx';
import { ModalDialog } from '../ui/modal-dialog.tsx';

interface Props {
  readonly filter: PageFilter;
  readonly facets: HistoryFacets | undefined;
  /** False where the filters stand beside the list already. */
  readonly withButton: boolean;
  readonly onChange: (filter: PageFilter) => void;
  readonly onSearch: (search: string) => void;
}

/** Search above the list, what limits it, and the filters in a dialog where there is no room beside. */
export function FilterBar({ filter, facets, withButton, onChange, onSearch }: Props) {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  const { search, ...others } = filter;
  const active = activeParts(others);
  return (
    <search className="filter-bar">
      <div className="filter-line">
        <SearchBox value={search ?? ''} onChange={onSearch} />
        {withButton && (
          <Button className="button" onPress={() => setOpen(true)}>
            <Icon name="filter" />
            {active > 0 ? t('filters-active', { count: active }) : t('filters')}
          </Button>
        )}
      </div>
      <ActiveFilters filter={filter} onChange={onChange} />
      <ModalDialog
        title={t('filters')}
        isOpen={withButton && open}
        onClose={() => setOpen(false)}
        actions={
          <>
            <Button
              className="button-link"
              isDisabled={active === 0}
              onPress={() => onChange(search ? { search } : {})}
            >
              {t('clear-filters')}
            </Button>
            <Button className="button button-primary" onPress={() => setOpen(false)}>
              {t('show-results')}
            </Button>
          </>
        }
      >
        <FilterPanel filter={filter} facets={facets} onChange={onChange} />
      </ModalDialog>
    </search>
  );
}
