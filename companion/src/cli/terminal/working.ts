import pc from 'picocolors';

/**
 * Shows that something is being done, and what came of it.
 * @param task resolves to the line that takes the place of `name`
 */
export async function working(name: string, task: () => Promise<string>): Promise<void> {
  const stream = process.stdout;
  if (stream.isTTY) stream.write(`${pc.dim(`${name} ...`)}`);
  try {
    const outcome = await task();
    stream.write(`${stream.isTTY ? '\r\u001b[2K' : ''}${pc.green('✓')} ${outcome}\n`);
  } catch (error) {
    if (stream.isTTY) stream.write('\r\u001b[2K');
    stream.write(`${pc.red('✗')} ${name}\n`);
    throw error;
  }
}
