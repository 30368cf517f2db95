import type { Evidence } from '@touchstone/shared';
import { describe, expect, it } from 'vitest';
import { sampleRecord } from '../card/sample-record.ts';
import { createFaceLayer } from './face-layer.ts';

const blended: Evidence = {
  kind: 'face',
  direction: 'ai',
  strength: 0.5,
  code: 'face-blending',
  sentence: 'A face.',
  details: { pack: 'thorough', x: 0.25, y: 0.1, width: 0.2, height: 0.4 },
};

const framesOf = (layer: HTMLElement): string[] =>
  [...layer.querySelectorAll<HTMLElement>('.blended-face')].map(
    ({ style: { left, top, width, height } }) => `${left} ${top} ${width} ${height}`,
  );

describe('the frame around a blended face', () => {
  it('stands where the finding says, and goes with its card', () => {
    const layer = createFaceLayer();
    layer.draw(sampleRecord({ evidence: [blended] }));
    expect(layer.element.hidden).toBe(false);
    expect(framesOf(layer.element)).toEqual(['25.00% 10.00% 20.00% 40.00%']);
    layer.draw(undefined);
    expect(layer.element.hidden).toBe(true);
    expect(framesOf(layer.element)).toEqual([]);
  });
  it('is not drawn for other findings, outside the picture, nor over a video', () => {
    const layer = createFaceLayer();
    const elsewhere = { ...blended, details: { ...blended.details, x: 0.95 } };
    layer.draw(sampleRecord({ evidence: [elsewhere, { ...blended, code: 'model-says-ai' }] }));
    expect(layer.element.hidden).toBe(true);
    const { source } = sampleRecord();
    layer.draw(sampleRecord({ evidence: [blended], source: { ...source, kind: 'video' } }));
    expect(layer.element.hidden).toBe(true);
  });
  it('lies over the whole picture and shows what is shown of it', () => {
    const layer = createFaceLayer();
    layer.layout({ x: 10, y: 20, width: 80, height: 50 }, { x: 0, y: 20, width: 100, height: 60 });
    const { width, height, transform, clipPath } = layer.element.style;
    expect([width, height, transform]).toEqual(['100px', '60px', 'translate(0px, 20px)']);
    expect(clipPath).toBe('inset(0px 10px 10px 10px)');
    layer.layout(undefined, undefined);
    expect(layer.element.style.visibility).toBe('hidden');
  });
});
