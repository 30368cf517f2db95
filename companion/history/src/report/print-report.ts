/**
 * Opens the report in its own tab and asks the browser to print it, where "Save as PDF" is among the printers. Called
 * from a press, so that no browser takes it for an unwanted window.
 */
export function printReport(address: string): void {
  const opened = window.open(address, '_blank');
  // A report that its server puts in a sandbox is out of reach; its own tab then offers printing by menu or keys.
  opened?.addEventListener('load', () => opened.print(), { once: true });
}
