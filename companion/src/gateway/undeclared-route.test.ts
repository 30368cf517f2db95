import { expect, it, vi } from 'vitest';
import { startTestCompanion } from './fixtures/test-companion.ts';

vi.mock('./routes/session-routes.ts', () => ({
  sessionRoutes: async (app: { get: (url: string, handler: () => string) => void }) => app.get('/new', () => 'open'),
}));

it('a route that does not say who may call it stops the start', async () => {
  await expect(startTestCompanion()).rejects.toThrow('/new does not say who may call it');
});
