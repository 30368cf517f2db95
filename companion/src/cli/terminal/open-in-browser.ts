/** Whether there is a screen with a browser on it, and nobody said no. */
export function mayOpenBrowser(environment: NodeJS.ProcessEnv = process.env, platform = process.platform): boolean {
  if (environment.TOUCHSTONE_NO_OPEN || environment.CI || environment.SSH_CONNECTION) return false;
  if (platform === 'darwin' || platform === 'win32') return true;
  return Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY || environment.WSL_DISTRO_NAME);
}

/** Opens an address in the person's browser. @returns whether a browser was started */
export async function openInBrowser(url: string): Promise<boolean> {
  if (!mayOpenBrowser()) return false;
  try {
    const { default: open } = await import('open');
    const child = await open(url);
    child.once('error', () => {});
    return true;
  } catch {
    return false;
  }
}
