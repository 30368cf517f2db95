/** Test files of a part that need a process of their own, as paths from its folder. */
export function testsApart(folder: string): string[];
export const PURE_ROOMS: readonly string[];
