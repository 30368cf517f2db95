import { expect, it } from 'vitest';
import { exampleRecord } from '../list/example-record.ts';
import { renderInPage } from '../ui/render-in-page.tsx';
import { EvidenceTable } from './evidence-table.tsx';

it('shows no number that only programs read', () => {
  const [one] = exampleRecord({
    evidence: [
      {
        kind: 'seen-before',
        direction: 'neutral',
        strength: 0,
        code: 'seen-same-file',
        sentence: 'You checked the same file before.',
        details: { at: Date.UTC(2026, 2, 4, 12), logit: 3.217, probability: 0.96 },
      },
    ],
  }).evidence;
  const page = renderInPage(<EvidenceTable evidence={one ? [one] : []} />);
  expect(page.textContent).toContain('probability: 0.96');
  expect(page.textContent).toContain('2026');
  expect(page.textContent).not.toMatch(/logit|3\.217|1772/);
});
