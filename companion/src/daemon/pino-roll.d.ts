/** The package brings no types; this is the part in use. */
declare module 'pino-roll' {
  interface RollingFileOptions {
    /** Path without number and extension, which are appended. */
    readonly file: string;
    readonly extension: string;
    /** For instance `5m`. */
    readonly size: string;
    /** Files kept in addition to the current one. */
    readonly limit: { readonly count: number };
    /** Permissions of new files. */
    readonly mode: number;
  }

  export default function openRollingFile(options: RollingFileOptions): Promise<NodeJS.WritableStream>;
}
