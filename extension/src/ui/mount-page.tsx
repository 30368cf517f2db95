import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { TranslationProvider } from './translation.tsx';
import { useSettings } from './use-background.ts';

/** The language setting rules the page; it follows the browser until the setting is known. */
function Localised({ children }: { readonly children: ReactNode }) {
  const { value } = useSettings();
  return <TranslationProvider setting={value?.language ?? 'auto'}>{children}</TranslationProvider>;
}

/** Draws an extension page into its `#root`. */
export function mountPage(page: ReactNode): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('the page has no #root');
  createRoot(root).render(
    <StrictMode>
      <Localised>{page}</Localised>
    </StrictMode>,
  );
}
