/** The part of the Battery Status API that is used; Chromium has it on https pages, Firefox has none. */
interface Battery extends EventTarget {
  readonly charging: boolean;
  readonly level: number;
}

/** Share of a battery, not charging, below which videos are left alone unless a person asks. */
const LOW_LEVEL = 0.2;

/** Watches the battery where the browser tells of it. @returns whether it is low */
export function watchBattery(changed: () => void, signal: AbortSignal): () => boolean {
  const { getBattery } = navigator as { getBattery?: () => Promise<Battery> };
  let low = false;
  const watch = (battery: Battery) => {
    const look = () => {
      low = !battery.charging && battery.level < LOW_LEVEL;
      changed();
    };
    for (const type of ['chargingchange', 'levelchange']) battery.addEventListener(type, look, { signal });
    look();
  };
  // A page's policy may forbid it: then it is as if there were none.
  getBattery?.call(navigator).then(watch, () => undefined);
  return () => low;
}
