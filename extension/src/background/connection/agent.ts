import type { Agent } from '@touchstone/shared';
import type { InferOutput } from 'valibot';
import { browser } from 'wxt/browser';

/** Brands from the most to the least specific: Edge and Opera also call themselves Chrome. */
const BROWSERS = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Vivaldi/', 'Vivaldi'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
] as const;
const SYSTEMS = [
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Android', 'Android'],
  ['Linux', 'Linux'],
] as const;

/** Name of a browser as a person would say it, for instance "Firefox on Linux". */
export function agentName(userAgent: string): string {
  const browserName = BROWSERS.find(([mark]) => userAgent.includes(mark))?.[1] ?? 'Browser';
  const system = SYSTEMS.find(([mark]) => userAgent.includes(mark))?.[1];
  return system ? `${browserName} on ${system}` : browserName;
}

export function browserAgent(): InferOutput<typeof Agent> {
  return { name: agentName(navigator.userAgent), version: browser.runtime.getManifest().version.slice(0, 32) };
}
