import '@touchstone/shared/tokens.css';
import './app/base.css';
import './app/controls.css';
import './app/dialog.css';
import './app/layout.css';
import './list/list.css';
import './list/list-states.css';
import './list/undo.css';
import './detail/detail.css';
import './timeline/timeline.css';
import './explanation/heat.css';
import './provenance/provenance.css';
import './views/views.css';
import './compare/compare.css';
import './report/report.css';
import './files/files.css';
import './system/system.css';
import './teach/teach.css';
import './cases/cases.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './api/query-client.ts';
import { CrashBoundary } from './app/crash-boundary.tsx';
import { SessionGate } from './app/session-gate.tsx';
import { LanguageProvider } from './i18n/i18n-context.tsx';
import { AnnouncerProvider } from './ui/announcer.tsx';

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <LanguageProvider>
        <CrashBoundary>
          <QueryClientProvider client={createQueryClient()}>
            <AnnouncerProvider>
              <SessionGate />
            </AnnouncerProvider>
          </QueryClientProvider>
        </CrashBoundary>
      </LanguageProvider>
    </StrictMode>,
  );
}
