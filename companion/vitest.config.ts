import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { name: 'companion', include: ['src/**/*.test.ts'] } });
