import type { Label } from '@touchstone/shared';
import type { CardTranslator } from '../../i18n/translator.ts';
import { type CardAction, type LabelState, recordOf, type ShareState } from '../check-state.ts';
import type { HeldEntry } from '../entry.ts';
import type { HeatState } from '../heat/heat-state.ts';
import type { Box } from '../place/geometry.ts';
import type { CardStage } from './card-stage.ts';
import { copyResult } from './copy-result.ts';

export interface CardActionsOptions {
  readonly stage: CardStage;
  /** Has a person draw a rectangle. */
  pick(picked: (box: Box) => void): void;
  close(): void;
  setLabel(entry: HeldEntry, label: LabelState): void;
  setHeat(entry: HeldEntry, heat: HeatState): void;
  setShare(entry: HeldEntry, share: ShareState): void;
  /** As everything is said at this moment. */
  translator(): CardTranslator;
  copyText(text: string): boolean;
}

/** A button of a card was pressed. */
export type PerformCardAction = (entry: HeldEntry, action: CardAction, control: Element, clientX: number) => void;

/** What the buttons of a card do. */
export function createCardActions(options: CardActionsOptions): PerformCardAction {
  const { stage, pick, close, setLabel, setHeat, setShare } = options;
  const toggleHeat = (entry: HeldEntry) => {
    const { heat, state } = entry;
    if (heat.status === 'known') setHeat(entry, { ...heat, shown: !heat.shown });
    else if (heat.status !== 'asking' && state.kind === 'verdict') {
      setHeat(entry, { status: 'asking' });
      entry.actions.explain?.(state.record);
    }
  };
  const copy = (entry: HeldEntry, as: 'text' | 'picture') => {
    const record = recordOf(entry.state);
    if (!record || entry.share === 'copying') return;
    const isStillAsked = () => entry.share === 'copying' && recordOf(entry.state)?.id === record.id;
    setShare(entry, 'copying');
    const draw = entry.actions.sharePicture;
    copyResult(as, record, { translator: options.translator(), draw, copyText: options.copyText }).then(
      () => isStillAsked() && setShare(entry, 'copied'),
      () => isStillAsked() && setShare(entry, 'refused'),
    );
  };
  return (entry, action, control, clientX) => {
    switch (action) {
      case 'close':
        return close();
      case 'pair':
        return entry.actions.pair?.();
      case 'search':
        return entry.actions.searchImage?.();
      case 'history':
        return entry.actions.openHistory();
      case 'again':
      case 'retry':
        return entry.actions.again();
      case 'to-picture':
        return entry.anchor.reveal?.();
      case 'picture':
        return entry.actions.picture?.(Number(control.getAttribute('data-number')));
      case 'pictures':
        return entry.actions.pictures?.();
      case 'rectangle':
        // What is checked must be seen: the card stands where the picture may be.
        close();
        return pick((box) => entry.actions.rectangle?.(box));
      case 'move':
        // Moved by its keys and by the pointer that holds it.
        return;
      case 'wrong':
        setLabel(entry, { status: 'asking' });
        return stage.focusOn('label-fake');
      case 'back':
        setLabel(entry, { status: 'none' });
        return stage.focusOn('wrong');
      case 'undo':
        return entry.actions.label(null);
      case 'share':
        setShare(entry, 'open');
        return stage.focusOn('share-text');
      case 'share-close':
        setShare(entry, 'closed');
        return stage.focusOn('share');
      case 'share-text':
        return copy(entry, 'text');
      case 'share-picture':
        return copy(entry, 'picture');
      case 'heat':
        return toggleHeat(entry);
      case 'stop':
        return entry.actions.stop?.();
      case 'seek':
        return entry.video?.seek?.(Number(control.getAttribute('data-time')));
      case 'timeline':
        return stage.video?.press(clientX);
      default:
        return entry.actions.label(action.slice('label-'.length) as Label);
    }
  };
}
