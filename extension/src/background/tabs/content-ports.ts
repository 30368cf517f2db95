import type { Browser } from 'wxt/browser';
import type { BackgroundMessage } from '../../messaging/background-messages.ts';
import type { Asker } from '../checks/check-source.ts';

interface Entry {
  readonly port: Browser.runtime.Port;
  readonly asker: Asker;
}

/** Open ports of content scripts, by tab and frame. */
export interface ContentPorts {
  add(port: Browser.runtime.Port, asker: Asker): void;
  /** @returns whether a content script is there to hear it */
  send(tabId: number, frameId: number, message: BackgroundMessage): boolean;
  /** Waits for a frame's content script to connect. */
  arrival(tabId: number, frameId: number, withinMs: number): Promise<boolean>;
  each(visit: (send: (message: BackgroundMessage) => void, asker: Asker, topUrl: string | undefined) => void): void;
}

export function createContentPorts(): ContentPorts {
  const entries = new Map<string, Entry>();
  const arrivals = new Set<() => void>();
  const keyOf = (tabId: number, frameId: number) => `${tabId} ${frameId}`;

  const post = (port: Browser.runtime.Port, message: BackgroundMessage): boolean => {
    try {
      port.postMessage(message);
      return true;
    } catch {
      return false;
    }
  };

  return {
    add(port, asker) {
      const key = keyOf(asker.tabId, asker.frameId);
      const entry = { port, asker };
      entries.set(key, entry);
      port.onDisconnect.addListener(() => {
        if (entries.get(key) === entry) entries.delete(key);
      });
      for (const arrived of [...arrivals]) arrived();
    },
    send(tabId, frameId, message) {
      const entry = entries.get(keyOf(tabId, frameId));
      return entry !== undefined && post(entry.port, message);
    },
    arrival: (tabId, frameId, withinMs) =>
      new Promise((resolve) => {
        const settle = (there: boolean) => {
          clearTimeout(timer);
          arrivals.delete(look);
          resolve(there);
        };
        const timer = setTimeout(() => settle(false), withinMs);
        const look = () => {
          if (entries.has(keyOf(tabId, frameId))) settle(true);
        };
        arrivals.add(look);
        look();
      }),
    each(visit) {
      for (const { port, asker } of entries.values()) {
        const topUrl = asker.frameId === 0 ? asker.frameUrl : entries.get(keyOf(asker.tabId, 0))?.asker.frameUrl;
        visit((message) => void post(port, message), asker, topUrl ?? port.sender?.tab?.url);
      }
    },
  };
}
