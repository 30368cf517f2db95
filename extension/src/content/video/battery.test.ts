import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchBattery } from './battery.ts';

/** What is waited for comes; how late, the machine decides. */
const SOONER_OR_LATER = { timeout: 300_000 };

class FakeBattery extends EventTarget {
  charging = false;
  level = 1;
  becomes(charging: boolean, level: number): void {
    const type = charging === this.charging ? 'levelchange' : 'chargingchange';
    [this.charging, this.level] = [charging, level];
    this.dispatchEvent(new Event(type));
  }
}

let battery: FakeBattery;
let stop: AbortController;
const changed = vi.fn();

beforeEach(() => {
  battery = new FakeBattery();
  stop = new AbortController();
  changed.mockClear();
});
afterEach(() => {
  stop.abort();
  Reflect.deleteProperty(navigator, 'getBattery');
});

function give(getBattery: () => Promise<FakeBattery>): void {
  Object.defineProperty(navigator, 'getBattery', { configurable: true, value: getBattery });
}

describe('the battery', () => {
  it('is low below a fifth while it is not charging, and each change is told', async () => {
    give(async () => battery);
    const low = watchBattery(changed, stop.signal);
    expect(low()).toBe(false);
    await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(1), SOONER_OR_LATER);
    battery.becomes(false, 0.21);
    expect(low()).toBe(false);
    battery.becomes(false, 0.19);
    expect(low()).toBe(true);
    battery.becomes(true, 0.19);
    expect(low()).toBe(false);
    expect(changed).toHaveBeenCalledTimes(4);
  });

  it('is low from the start where it was', async () => {
    battery.level = 0.05;
    give(async () => battery);
    const low = watchBattery(changed, stop.signal);
    await vi.waitFor(() => expect(low()).toBe(true), SOONER_OR_LATER);
  });

  it('is not watched any more after the end', async () => {
    give(async () => battery);
    const low = watchBattery(changed, stop.signal);
    await vi.waitFor(() => expect(changed).toHaveBeenCalled(), SOONER_OR_LATER);
    stop.abort();
    battery.becomes(false, 0.1);
    expect(low()).toBe(false);
    expect(changed).toHaveBeenCalledTimes(1);
  });

  it('counts as full where a browser has none, or a page may not ask', async () => {
    expect(watchBattery(changed, stop.signal)()).toBe(false);
    give(() => Promise.reject(new DOMException('', 'NotAllowedError')));
    const low = watchBattery(changed, stop.signal);
    await Promise.resolve();
    expect(low()).toBe(false);
    expect(changed).not.toHaveBeenCalled();
  });
});
