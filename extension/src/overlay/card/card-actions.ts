import type { Label } from '@touchstone/shared';
import type { CardAction, LabelStep } from '../check-state.ts';
import type { HeldEntry } from '../entry.ts';
import type { HeatStep } from '../heat/heat-state.ts';
import type { CardStage } from './card-stage.ts';

export interface CardActionsOptions {
  readonly stage: CardStage;
  close(): void;
  setLabel(entry: HeldEntry, label: LabelStep): void;
  setHeat(entry: HeldEntry, heat: HeatStep): void;
}

/** A button of a card was pressed. */
export type PerformCardAction = (entry: HeldEntry, action: CardAction, control: Element, clientX: number) => void;

/** What the buttons of a card do. */
export function createCardActions({ stage, close, setLabel, setHeat }: CardActionsOptions): PerformCardAction {
  const toggleHeat = (entry: HeldEntry) => {
    const { heat, state } = entry;
    if (heat.step === 'known') setHeat(entry, { ...heat, shown: !heat.shown });
    else if (heat.step !== 'asking' && state.kind === 'verdict') {
      setHeat(entry, { step: 'asking' });
      entry.actions.explain?.(state.record);
    }
  };
  return (entry, action, control, clientX) => {
    switch (action) {
      case 'close':
        return close();
      case 'history':
        return entry.actions.openHistory();
      case 'again':
      case 'retry':
        return entry.actions.again();
      case 'wrong':
        setLabel(entry, { step: 'asking' });
        return stage.focusOn('label-fake');
      case 'back':
        setLabel(entry, { step: 'none' });
        return stage.focusOn('wrong');
      case 'undo':
        return entry.actions.label(null);
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
