import { mkdirSync, writeFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { createBundledPackages } from '../../scripts/bundled-packages.ts';
import { mockCompanion } from './dev/mock-companion.ts';

const bundled = createBundledPackages();

/** Beside what is served, not in it: the licences of what is in it are held to this. */
const noteBundled = {
  name: 'touchstone-note-bundled',
  writeBundle() {
    const folder = new URL('.cache/', import.meta.url);
    mkdirSync(folder, { recursive: true });
    writeFileSync(new URL('packages.json', folder), JSON.stringify(bundled.found()));
  },
};

/**
 * `vite build` makes what the companion serves. `vite --mode mock` and `vite preview --mode mock` add a stand-in for the
 * companion with generated records, and preview sends the companion's own content security policy.
 */
export default defineConfig(({ mode }) => ({
  plugins: [react(), bundled.plugin, noteBundled, ...(mode === 'mock' ? [mockCompanion()] : [])],
  build: {
    target: 'es2023',
    // The policy of the page allows data: for pictures only; fonts and styles stay files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
}));
