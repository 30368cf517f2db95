import { useVirtualizer } from '@tanstack/react-virtual';
import type { ResultRecord } from '@touchstone/shared';
import { catalogueOf } from '@touchstone/shared/words';
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useI18n } from '../i18n/i18n-context.tsx';
import { useMediaQuery } from '../ui/use-media-query.ts';
import { RecordRow } from './record-row.tsx';
import {
  extendTo,
  hasSelection,
  isSelected,
  NOTHING_SELECTED,
  type Selection,
  selectAll,
  toggle,
} from './selection.ts';

/** Row heights in CSS pixels: one line of facts beside the verdict, or two lines where the window is narrow. */
const ROW_HEIGHT = { roomy: 68, narrow: 92 } as const;
/** Rows before the end at which the next page is asked for: about two screens. */
const AHEAD = 40;
/** Pixels within which the reader counts as being at the head. */
const HEAD_PX = 24;

interface Props {
  readonly records: readonly ResultRecord[];
  /** How many records of the same content the row of a record stands for. */
  readonly sizeOfRow: (id: string) => number;
  /** Rows there are, loaded or not. */
  readonly total: number;
  readonly hasMore: boolean;
  readonly openId: string | undefined;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
  /** `focus` is true when the reader asked to go into the details (Enter), not only to see them. */
  readonly onOpen: (id: string, focus: boolean) => void;
  /** @param current the row with the focus */
  readonly onDelete: (current: string) => void;
  /** All records of one content were asked for. */
  readonly onContent: (content: string) => void;
  readonly onMore: () => void;
  readonly onAtHead: (atHead: boolean) => void;
  /** Changes when the list should go back to its head. */
  readonly headKey: string;
}

/** The virtual list of results: an ARIA grid of rows, moved through by keys, with multiple selection. */
export function RecordGrid(props: Props) {
  const { records, sizeOfRow, total, hasMore, openId, selection, onSelect, onOpen, onDelete, onContent } = props;
  const { onMore, onAtHead, headKey } = props;
  const { t, language } = useI18n();
  const scroller = useRef<HTMLDivElement>(null);
  const narrow = useMediaQuery('(max-width: 719px)');
  const [currentId, setCurrentId] = useState<string | undefined>(openId);
  const order = useMemo(() => records.map((record) => record.id), [records]);
  const height = narrow ? ROW_HEIGHT.narrow : ROW_HEIGHT.roomy;

  const virtualizer = useVirtualizer({
    count: records.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    getItemKey: (index) => order[index] ?? index,
  });
  const items = virtualizer.getVirtualItems();

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height is what the virtualizer measured by
  useEffect(() => {
    virtualizer.measure();
  }, [height, virtualizer]);

  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastShown >= records.length - AHEAD) onMore();
  }, [hasMore, lastShown, records.length, onMore]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter starts at its head
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
    onAtHead(true);
  }, [headKey, onAtHead]);

  const current = currentId !== undefined && order.includes(currentId) ? currentId : order[0];

  /** Focus follows once the row exists: it may be outside of what is drawn now. */
  const moveTo = (index: number, extend: boolean) => {
    const id = order[Math.max(0, Math.min(order.length - 1, index))];
    if (id === undefined) return;
    if (extend) {
      const start = selection.anchor ?? current;
      onSelect(extendTo({ ...selection, anchor: start ?? id, ids: new Set() }, id, order));
    }
    setCurrentId(id);
    virtualizer.scrollToIndex(order.indexOf(id), { align: 'auto' });
    requestAnimationFrame(() => rowOf(scroller.current, id)?.focus({ preventScroll: true }));
    if (openId !== undefined && !extend) onOpen(id, false);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || current === undefined) return;
    const at = order.indexOf(current);
    const inwards = catalogueOf(language).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const record = records[at];
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / height) - 1);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: order.length - 1,
    };
    const target = moves[event.key];
    if (target !== undefined) moveTo(target, event.shiftKey);
    else if (event.key === inwards && record && sizeOfRow(current) > 1) onContent(record.picture.sha256);
    else if (event.key === 'Enter') onOpen(current, true);
    else if (event.key === ' ')
      onSelect(event.shiftKey ? extendTo(selection, current, order) : toggle(selection, current, order));
    else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) onSelect(selectAll());
    else if (event.key === 'Delete') onDelete(current);
    else if (event.key === 'Escape' && hasSelection(selection)) onSelect(NOTHING_SELECTED);
    else return;
    event.preventDefault();
  };

  const onClick = (event: MouseEvent) => {
    const target = event.target as Element;
    const id = target.closest<HTMLElement>('[data-id]')?.dataset.id;
    if (id === undefined) return;
    setCurrentId(id);
    const content = target.closest<HTMLElement>('[data-content]')?.dataset.content;
    if (content !== undefined) return onContent(content);
    const onCheckbox = target.closest('.cell-select') !== null;
    if (event.shiftKey) onSelect(extendTo(selection, id, order));
    else if (onCheckbox || event.ctrlKey || event.metaKey) onSelect(toggle(selection, id, order));
    else onOpen(id, false);
  };

  return (
    <div ref={scroller} className="grid-scroll" onScroll={(event) => onAtHead(event.currentTarget.scrollTop < HEAD_PX)}>
      {/* biome-ignore lint/a11y/useSemanticElements: a virtual list positions its rows; a table cannot */}
      <div
        role="grid"
        className="grid"
        id="results"
        aria-label={t('result-list')}
        aria-describedby="grid-help"
        aria-multiselectable="true"
        aria-rowcount={hasMore && total <= records.length ? -1 : total > 10_000 ? -1 : total}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        {items.map((item) => {
          const record = records[item.index];
          return (
            record && (
              <RecordRow
                key={item.key}
                record={record}
                index={item.index}
                start={item.start}
                height={item.size}
                size={sizeOfRow(record.id)}
                selected={isSelected(selection, record.id)}
                open={record.id === openId}
                current={record.id === current}
              />
            )
          );
        })}
      </div>
      <p className="grid-end">{hasMore ? t('loading-more') : t('end-of-list')}</p>
      <p id="grid-help" className="visually-hidden">
        {t('key-help')}
      </p>
    </div>
  );
}

function rowOf(scroller: HTMLElement | null, id: string): HTMLElement | null {
  return scroller?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`) ?? null;
}
