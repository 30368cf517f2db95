import { TouchstoneError } from '@touchstone/shared';

/** How many streams of events may be open at a time. */
export interface StreamLimits {
  /** Of one owner; of everybody on a person's own computer. */
  readonly each: number;
  readonly all: number;
}

/**
 * Counts open streams, so that whoever opens many keeps nobody else from theirs.
 * @returns takes a place for an owner, and gives back what ends it @throws TouchstoneError `busy` where there is none
 */
export function createStreamPlaces({ each, all }: StreamLimits): (owner: string | undefined) => () => void {
  const open = new Map<string, number>();
  let total = 0;
  return (owner = '') => {
    const own = open.get(owner) ?? 0;
    if (own >= each || total >= all) throw new TouchstoneError('busy');
    open.set(owner, own + 1);
    total += 1;
    return () => {
      total -= 1;
      const left = (open.get(owner) ?? 1) - 1;
      if (left > 0) open.set(owner, left);
      else open.delete(owner);
    };
  };
}
