import type { ChainVerification } from '@touchstone/shared';
import type { VerifyOptions } from '../store/record-store.ts';
import type { GuardedStore } from './guarded-store.ts';
import { asLogError, isDamage } from './sqlite-errors.ts';
import { verifyChain } from './verify-chain.ts';

/** Follows the chain; where damage comes to light meanwhile, here or elsewhere, it is repaired and the chain followed anew. */
export async function verifyGuarded(guarded: GuardedStore, options?: VerifyOptions): Promise<ChainVerification> {
  const database = guarded.current();
  try {
    return await verifyChain(database, options);
  } catch (error) {
    const replaced = guarded.current() !== database;
    if (!replaced && !isDamage(error)) throw asLogError(error);
    if (!replaced) guarded.repair(String(error));
    return verifyChain(guarded.current(), options);
  }
}
