import packageFile from '../../../package.json' with { type: 'json' };

/** The one version of extension, companion, API and release. */
export const COMPANION_VERSION: string = packageFile.version;
