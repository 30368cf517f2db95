import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Address } from './address-link.tsx';

describe('address of a record', () => {
  it('is a link that tells the site nothing, for http and https', () => {
    const html = renderToStaticMarkup(<Address address="https://example.org/a?b=1" />);
    expect(html).toMatch(/^<a /);
    expect(html).toContain('rel="noreferrer noopener nofollow"');
  });

  it.each(['javascript:alert(1)', 'data:text/html,<script>1</script>', 'https://<img src=x onerror=1>'])(
    'is plain text for %j',
    (address) => {
      const html = renderToStaticMarkup(<Address address={address} />);
      expect(html).toMatch(/^<bdi /);
      expect(html).not.toMatch(/<(script|img|a )/);
    },
  );
});
