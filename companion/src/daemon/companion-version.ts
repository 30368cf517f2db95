import packageFile from '../../package.json' with { type: 'json' };

/** Version of the companion, as its package says. */
export const COMPANION_VERSION: string = packageFile.version;
