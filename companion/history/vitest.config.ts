import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { name: 'history', environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}'] },
});
