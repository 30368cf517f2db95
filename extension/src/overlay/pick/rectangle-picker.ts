import type { CardTranslator as Translator } from '../../i18n/translator.ts';
import { actionButton } from '../card/action-button.ts';
import type { CardAction } from '../check-state.ts';
import { element } from '../draw/element.ts';
import type { Box } from '../place/geometry.ts';

/** A person draws a rectangle over the page, by pointer or keys. */
export interface RectanglePicker {
  /** @param picked called with what was chosen, in CSS pixels of the viewport */
  start(translator: Translator, picked: (box: Box) => void): void;
  readonly isOpen: boolean;
  contains(control: Element): boolean;
  /** A button of it was pressed. */
  perform(action: CardAction): void;
  grab(x: number, y: number): (x: number, y: number) => void;
  /** @param large whether the rectangle is to change its size */
  key(name: string, large: boolean): boolean;
  cancel(): void;
}

/** One press of an arrow key, in CSS pixels. */
const STEP_PIXELS = 24;
/** Less than this on a side is a slip of the pointer and shows no picture, in CSS pixels. */
const LEAST_PIXELS = 24;

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-STEP_PIXELS, 0],
  ArrowRight: [STEP_PIXELS, 0],
  ArrowUp: [0, -STEP_PIXELS],
  ArrowDown: [0, STEP_PIXELS],
};

/** The middle of the window, to begin with. */
const middle = (): Box => ({ x: innerWidth / 4, y: innerHeight / 4, width: innerWidth / 2, height: innerHeight / 2 });

function within({ x, y, width, height }: Box): Box {
  const [w, h] = [
    Math.min(Math.max(width, LEAST_PIXELS), innerWidth),
    Math.min(Math.max(height, LEAST_PIXELS), innerHeight),
  ];
  return {
    x: Math.min(Math.max(0, x), innerWidth - w),
    y: Math.min(Math.max(0, y), innerHeight - h),
    width: w,
    height: h,
  };
}

/** @param stage what everything of the overlay is drawn in */
export function createRectanglePicker(stage: HTMLElement): RectanglePicker {
  const frame = element('div', { class: 'pick-frame' });
  const bar = element('div', { class: 'pick-bar', attributes: { role: 'dialog', tabindex: '-1' } });
  const surface = element('div', { class: 'pick' }, frame, bar);
  let box = middle();
  let picked: ((box: Box) => void) | undefined;

  const draw = () => {
    frame.style.width = `${box.width}px`;
    frame.style.height = `${box.height}px`;
    frame.style.transform = `translate(${box.x}px, ${box.y}px)`;
  };
  const set = (next: Box) => {
    box = within(next);
    draw();
  };
  const cancel = () => {
    picked = undefined;
    surface.remove();
  };

  return {
    get isOpen() {
      return picked !== undefined;
    },
    contains: (control) => surface.contains(control),
    start(translator, done) {
      picked = done;
      bar.setAttribute('dir', translator.direction);
      bar.setAttribute('lang', translator.language);
      bar.setAttribute('aria-label', translator.text('rectangle-draw'));
      bar.replaceChildren(
        element('p', {}, translator.text('rectangle-help')),
        actionButton('rectangle-check', translator.text('rectangle-check'), 'primary'),
        actionButton('rectangle-cancel', translator.text('cancel')),
      );
      stage.append(surface);
      set(middle());
      bar.focus({ preventScroll: true });
    },
    perform(action) {
      const done = picked;
      cancel();
      if (action === 'rectangle-check') done?.(box);
    },
    grab(x, y) {
      return (toX, toY) =>
        set({ x: Math.min(x, toX), y: Math.min(y, toY), width: Math.abs(toX - x), height: Math.abs(toY - y) });
    },
    key(name, large) {
      const [across, down] = STEPS[name] ?? [0, 0];
      if (!picked || (across === 0 && down === 0)) return false;
      const { x, y, width, height } = box;
      set(
        large ? { x, y, width: width + across, height: height + down } : { x: x + across, y: y + down, width, height },
      );
      return true;
    },
    cancel,
  };
}
