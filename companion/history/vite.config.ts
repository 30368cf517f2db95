import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { mockCompanion } from './dev/mock-companion.ts';

/**
 * `vite build` makes what the companion serves. `vite --mode mock` and `vite preview --mode mock` add a stand-in for the
 * companion with generated records, and preview sends the companion's own content security policy.
 */
export default defineConfig(({ mode }) => ({
  plugins: [react(), ...(mode === 'mock' ? [mockCompanion()] : [])],
  build: {
    target: 'es2023',
    // The policy of the page allows data: for pictures only; fonts and styles stay files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
}));
