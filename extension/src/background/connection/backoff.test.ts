import { describe, expect, it } from 'vitest';
import { agentName } from './agent.ts';
import { backoff, FIRST_WAIT_MS, LONGEST_WAIT_MS } from './backoff.ts';
import { createCaptureWindow } from './capture-window.ts';

describe('backoff', () => {
  it('doubles up to its longest, never without a random part', () => {
    expect(backoff(0, LONGEST_WAIT_MS, 1)).toBe(FIRST_WAIT_MS);
    expect(backoff(0, LONGEST_WAIT_MS, 0)).toBe(FIRST_WAIT_MS / 2);
    expect(backoff(3, LONGEST_WAIT_MS, 1)).toBe(FIRST_WAIT_MS * 8);
    expect(backoff(500, LONGEST_WAIT_MS, 1)).toBe(LONGEST_WAIT_MS);
    expect(backoff(9, 5_000, 0)).toBe(2_500);
  });
});

describe('window', () => {
  it('counts captures and bytes, and frees them', () => {
    const window = createCaptureWindow(2, 100);
    expect(window.fits(60)).toBe(true);
    window.take(60);
    expect(window.fits(60)).toBe(false);
    expect(window.fits(40)).toBe(true);
    window.take(40);
    expect(window.fits(0)).toBe(false);
    window.release(60);
    expect(window.fits(60)).toBe(true);
  });

  it('lets one capture through that is larger than all of it', () => {
    const window = createCaptureWindow(2, 100);
    expect(window.fits(1000)).toBe(true);
    window.take(1000);
    expect(window.fits(1)).toBe(false);
  });
});

describe('agentName', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0', 'Firefox on Linux'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36 Edg/156.0',
      'Edge on Windows',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/156.0 Safari/537.36',
      'Chrome on macOS',
    ],
    ['something else', 'Browser'],
  ])('%s', (userAgent, name) => expect(agentName(userAgent)).toBe(name));
});
