import { errorReport } from '@touchstone/shared';
import { errorsOf, type Route } from '@touchstone/shared/api';
import { type Html, html } from '../../report/html.ts';
import { httpStatusOf } from '../http-status.ts';
import { DESCRIBED_ROUTES } from './document.ts';

function routeSection(route: Route): Html {
  const { method, path, access, summary } = route;
  return html`<dt><code>${method} ${path}</code></dt>
        <dd>${summary} ${access === 'public' ? 'Needs no token.' : html`Scope <code>${access}</code>.`}</dd>`;
}

/** The API for people who write programs: its routes and errors, without anything inline or from elsewhere. */
export function docsPage(version: string): string {
  const codes = [...new Set(DESCRIBED_ROUTES.flatMap(errorsOf))].toSorted();
  return html`<!doctype html>
<html lang="en" dir="ltr">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <title>Touchstone: HTTP API</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/pair/tokens.css">
    <link rel="stylesheet" href="/pair/page.css">
  </head>
  <body>
    <main>
      <h1>HTTP API</h1>
      <p>Version ${version}. The whole description is <a href="/v1/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
      <p>Make a token with <code>npm run touchstone tokens create</code> and send it as <code>Authorization: Bearer</code>, best over the
        private socket that <code>control.json</code> in the data folder names: a token sent to a port can reach another program that took it.</p>
      <h2>Routes</h2>
      <dl>
        ${DESCRIBED_ROUTES.map(routeSection)}
      </dl>
      <h2>Errors</h2>
      <p>Each has <code>code</code>, <code>retryable</code> and <code>nextStep</code>; under <code>/v1</code> it is a problem of RFC 9457.</p>
      <dl>
        ${codes.map((code) => {
          const { message, retryable, nextStep } = errorReport(code);
          return html`<dt id="${code}"><code>${code}</code>, ${httpStatusOf(code)}</dt>
        <dd>${message} ${nextStep} ${retryable ? 'Asking again may help.' : ''}</dd>`;
        })}
      </dl>
    </main>
  </body>
</html>
`.html;
}
