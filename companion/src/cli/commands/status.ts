import { needCompanion } from '../link/companion-link.ts';
import { statusText } from '../terminal/status-text.ts';

/** `touchstone status`: what runs, on what, and why. @throws TouchstoneError `companion-unreachable` */
export async function status({ json = false }: { readonly json?: boolean }): Promise<void> {
  const { status: facts } = await needCompanion();
  process.stdout.write(json ? `${JSON.stringify(facts)}\n` : statusText(facts));
}
