import type { FileFact } from '@touchstone/shared';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HOSTILE_TEXT, HOSTILE_TEXT_SHOWN } from '../../../../shared/src/words/fixtures/hostile-text.ts';
import { rememberLanguage } from '../i18n/language.ts';
import { press, renderInPage } from '../ui/render-in-page.tsx';
import { FileFacts } from './file-facts.tsx';

const facts: FileFact[] = [
  { group: 'camera', name: 'Camera model', value: '<img src=x onerror=alert(1)> \u202Egpj', private: false },
  { group: 'place', name: 'GPS position', value: '48.2, 16.3', private: true },
];

describe('facts of a file', () => {
  it('keeps private ones away until they are asked for', () => {
    const page = renderInPage(<FileFacts facts={facts} />);
    expect(page.textContent).not.toContain('48.2');
    expect(page.querySelectorAll('h4')).toHaveLength(1);
    press(page.querySelector('button'));
    expect(page.textContent).toContain('48.2, 16.3');
    press(page.querySelector('button'));
    expect(page.innerHTML).not.toContain('48.2');
  });

  it('shows hostile values as text', () => {
    const page = renderInPage(<FileFacts facts={facts} />);
    expect(page.querySelector('img')).toBeNull();
    expect(page.textContent).toContain('<img src=x onerror=alert(1)> gpj');
    expect(page.textContent).not.toContain('\u202E');
  });

  it('shows a hostile value as every other surface does', () => {
    const hostile: FileFact = { group: 'camera', name: 'Camera model', value: HOSTILE_TEXT, private: false };
    expect(renderInPage(<FileFacts facts={[hostile]} />).querySelector('dd')?.textContent).toBe(HOSTILE_TEXT_SHOWN);
  });

  it('names them in the language of the page', () => {
    rememberLanguage(localStorage, 'de');
    onTestFinished(() => localStorage.clear());
    const tables: FileFact = {
      group: 'encoding',
      name: 'Quantisation tables',
      value: 'standard, quality 85',
      private: false,
    };
    const page = renderInPage(<FileFacts facts={[tables]} />);
    expect(page.querySelector('dt')?.textContent).toBe('Quantisierungstabellen');
    expect(page.querySelector('dd')?.textContent).toBe('Standard, Qualität 85');
  });

  it('has no button where nothing is private', () => {
    expect(renderInPage(<FileFacts facts={facts.slice(0, 1)} />).querySelector('button')).toBeNull();
    expect(renderInPage(<FileFacts facts={[]} />).querySelector('section')).toBeNull();
  });
});
