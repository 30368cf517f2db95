import type { Pack } from '../pack/pack-folder.ts';
import type { PackSession, SessionOptions } from './pack-session.ts';

/** As `openPack`, for programs that open a pack seldom: the model runtime is loaded with the first one. */
export async function openPack(pack: Pack, options?: SessionOptions): Promise<PackSession> {
  const session = await import('./pack-session.ts');
  return session.openPack(pack, options);
}
