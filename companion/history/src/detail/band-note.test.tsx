import { describe, expect, it } from 'vitest';
import { exampleRecord } from '../list/example-record.ts';
import { renderInPage } from '../ui/render-in-page.tsx';
import { BandNote } from './band-note.tsx';

const { verdict } = exampleRecord();
const withReason = (code: 'model-says-ai' | 'generator-metadata') =>
  exampleRecord({ verdict: { ...verdict, reasons: [{ code, direction: 'ai', text: '', details: {} }] } });

describe('what a number means', () => {
  it('marks one of four bands and says that it was not counted', () => {
    const page = renderInPage(<BandNote record={withReason('model-says-ai')} />);
    expect(page.querySelectorAll('.band')).toHaveLength(4);
    expect(page.querySelector('[aria-current]')?.textContent).toBe('AI likely80% – 100%');
    expect(page.textContent).toContain('nobody has counted');
  });

  it('claims no counted share where the file itself decided', () => {
    const { textContent } = renderInPage(<BandNote record={withReason('generator-metadata')} />);
    expect(textContent).toContain('not counted on test pictures');
    expect(textContent).not.toContain('nobody has counted');
    expect(textContent).not.toContain('Of 100 pictures');
  });
});
