/** Transfer functions of high dynamic range: PQ (SMPTE ST 2084) and HLG (ITU-T H.273, table 3). */
export const HIGH_RANGE: ReadonlySet<number> = new Set([16, 18]);
