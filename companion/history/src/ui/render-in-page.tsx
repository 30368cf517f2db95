import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { LanguageProvider } from '../i18n/i18n-context.tsx';
import { AnnouncerProvider } from './announcer.tsx';

/** Runs a change until React is done with it; what comes later, by a request, is waited for by the test. */
function settled(change: () => void): void {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  act(change);
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: false });
}

/** Puts an element into the document with what every part of the page has around it; for tests. */
export function renderInPage(element: ReactNode): HTMLElement {
  const container = document.body.appendChild(document.createElement('div'));
  settled(() =>
    createRoot(container).render(
      <LanguageProvider>
        <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
          <AnnouncerProvider>{element}</AnnouncerProvider>
        </QueryClientProvider>
      </LanguageProvider>,
    ),
  );
  return container;
}

/** Presses a button as a mouse does. */
export function press(button: Element | null): void {
  if (!(button instanceof HTMLElement)) throw new Error('no such button');
  settled(() => button.click());
}
