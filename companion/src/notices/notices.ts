import type { CompanionStatus, ErrorCode } from '@touchstone/shared';

export type StatusWarning = NonNullable<CompanionStatus['warnings']>[number];

/** What goes wrong and is survived: said once when it begins, shown in the status until it is over. */
export interface Notices {
  /**
   * @param source what it happens to (a file, a room); the same trouble of the same source is said once
   * @param text for people, in English
   */
  raise(code: ErrorCode, source: string, text: string): void;
  /** The trouble of this source is over; without a code, all of it. */
  clear(source: string, code?: ErrorCode): void;
  /** One for each code, oldest first. */
  list(): readonly StatusWarning[];
}

/** @param say is told each text once, when its trouble begins */
export function createNotices(say: (text: string) => void, now: () => number = Date.now): Notices {
  const raised = new Map<string, StatusWarning & { readonly source: string }>();
  return {
    raise(code, source, text) {
      const key = `${source} ${code}`;
      if (raised.has(key)) return;
      raised.set(key, { code, source, at: now(), text });
      say(text);
    },
    clear(source, code) {
      for (const [key, notice] of raised) {
        if (notice.source === source && (code === undefined || notice.code === code)) raised.delete(key);
      }
    },
    list() {
      const byCode = new Map<string, StatusWarning>();
      for (const { code, at, text } of raised.values()) if (!byCode.has(code)) byCode.set(code, { code, at, text });
      return [...byCode.values()];
    },
  };
}
