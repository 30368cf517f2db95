export const BARE_NODE_FLAGS: readonly string[];
export const NODE_FLAGS: readonly string[];
export const GLIBC_TUNABLES: string;
export const DECODER_GLIBC_TUNABLES: string;
export const DECODER_NODE_FLAGS: readonly string[];
