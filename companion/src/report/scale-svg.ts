import type { Verdict } from '@touchstone/shared';
import { STEP_SHAPES, type Step } from '@touchstone/shared/present';
import { type Html, html } from './html.ts';

const WIDTH = 600;
const HEIGHT = 22;
/** Middle of the bar, from the top. */
const MIDDLE = 11;

const at = (probability: number): number => Math.round(probability * WIDTH * 10) / 10;

/** The shape of a step beside its words, which carry the meaning. */
export function stepShape(step: Step): Html {
  const { path, full } = STEP_SHAPES[step];
  return html`<svg class="shape${full ? ' full' : ''}" viewBox="0 0 16 16" aria-hidden="true"><path d="${path}"/></svg>`;
}

/** The scale from authentic to AI with the marks between its words and the number of this verdict; drawn left to right. */
export function scaleSvg({ probability, marks }: Pick<Verdict, 'probability' | 'marks'>): Html {
  const lines = marks ? [marks.realBelow, marks.leansAuthentic, marks.leansAi, marks.fakeAbove] : [];
  return html`<svg class="scale" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">
<path class="axis" d="M0 ${MIDDLE}H${WIDTH}"/>
${lines.map((mark) => html`<path class="mark" d="M${at(mark)} 5V17"/>`)}
<path class="here" d="M${at(probability)} 0V${HEIGHT}"/>
</svg>`;
}
