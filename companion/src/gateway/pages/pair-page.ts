import type { Language } from '@touchstone/shared/words';
import { fill, type Html, html, ltr } from '../../report/html.ts';
import { PAIR_STATES, pairTexts } from './pair-texts.ts';

/** How the announcement looks in a state; plain in the others. */
const MOODS: Readonly<Partial<Record<(typeof PAIR_STATES)[number], 'good' | 'bad'>>> = {
  absent: 'bad',
  'no-code': 'bad',
  paired: 'good',
  failed: 'bad',
};

const code = (text: string): Html => ltr(html`<code>${text}</code>`);

/** The pairing page in a language. Its script shows the state that the extension sets; it runs without the extension too. */
export function pairPage(language: Language): string {
  const texts = pairTexts(language);
  const chrome = {
    address: code('chrome://extensions'),
    edgeAddress: code('edge://extensions'),
    folder: code('chrome-mv3'),
  };
  const firefox = {
    address: code('about:debugging#/runtime/this-firefox'),
    file: code('manifest.json'),
    folder: code('firefox-mv3'),
  };
  const reload = html`<button type="button" id="reload" class="quiet">${texts.reload}</button>`;
  return html`<!doctype html>
<html lang="${texts.language}" dir="${texts.direction}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <title>${texts.title}</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/pair/tokens.css">
    <link rel="stylesheet" href="/pair/page.css">
    <script type="module" src="/pair/pair.js"></script>
  </head>
  <body>
    <main>
      <h1>${texts.heading}</h1>
      <p>${texts.about}</p>

      <p id="announcement" class="announcement" role="status">${texts.states.waiting}</p>
      <ul id="announcements" hidden>
        ${PAIR_STATES.map((state) => html`<li data-for="${state}" data-mood="${MOODS[state]}">${texts.states[state]}</li>`)}
      </ul>

      <!-- The extension draws its button inside this element, where no page can reach it. -->
      <div id="touchstone-pairing" data-state="waiting"></div>

      <section id="how-to-load" aria-labelledby="how-to-load-heading" hidden>
        <h2 id="how-to-load-heading">${texts.loadHeading}</h2>
        <p>${texts.loadFolder}</p>
        <dl>
          <dt>Chrome, Chromium, Edge, Brave</dt>
          <dd>${fill(texts.loadChrome, chrome)}</dd>
          <dt>Firefox</dt>
          <dd>${fill(texts.loadFirefox, firefox)}</dd>
        </dl>
        <p>${fill(texts.loadThen, { reload })}</p>
      </section>

      <section id="code-section" aria-labelledby="code-heading" hidden>
        <h2 id="code-heading">${texts.codeHeading}</h2>
        <p>
          <output id="code" class="code" dir="ltr"></output>
        </p>
        <p class="muted">${texts.codeHelp}</p>
      </section>

      <noscript><p>${texts.withoutScript}</p></noscript>
    </main>
  </body>
</html>
`.html;
}
