import type { Browser, ElementHandle, Page } from 'puppeteer-core';

interface Answer<Result> {
  readonly result: Result;
}

/** The driver's own connection; extension menus belong to the browser's window, which its page API does not reach. */
interface Connection {
  send(
    method: 'browsingContext.getTree',
    parameters: object,
  ): Promise<Answer<{ contexts: { context: string; url: string }[] }>>;
  send(method: 'script.evaluate', parameters: object): Promise<Answer<{ result: { value?: string } }>>;
}

/**
 * Right-clicks a picture with a real mouse event, then chooses an item of Firefox's own context menu by its label.
 * @throws Error naming what the menu shows when the item is not there
 */
export async function chooseFromMenu(
  browser: Browser,
  page: Page,
  target: ElementHandle,
  label: string,
): Promise<void> {
  await page.bringToFront();
  const box = await target.boundingBox();
  if (!box) throw new Error('the picture is not laid out');
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2, { button: 'right' });
  const { connection } = browser as unknown as { readonly connection: Connection };
  const tree = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome', maxDepth: 0 });
  const window = tree.result.contexts.find(({ url }) => url.includes('browser.xhtml'));
  if (!window) throw new Error('no browser window');
  const choose = `(async () => {
    const menu = document.getElementById('contentAreaContextMenu');
    for (let wait = 0; wait < 50 && menu.state !== 'open'; wait += 1) await new Promise((done) => setTimeout(done, 100));
    const item = [...menu.querySelectorAll('menuitem')].find((one) => one.label === ${JSON.stringify(label)} && !one.hidden);
    if (!item) return 'the menu (' + menu.state + ') has no such item';
    // Several items of one extension share a submenu.
    const popup = item.closest('menupopup');
    if (popup !== menu) {
      popup.parentElement.openMenu(true);
      for (let wait = 0; wait < 50 && popup.state !== 'open'; wait += 1) await new Promise((done) => setTimeout(done, 100));
    }
    popup.activateItem(item);
    return 'chosen';
  })()`;
  const answer = await connection.send('script.evaluate', {
    expression: choose,
    target: { context: window.context },
    awaitPromise: true,
  });
  if (answer.result.result.value !== 'chosen') throw new Error(`${label}: ${answer.result.result.value}`);
}

/** A node as the driver serialises it; closed shadow roots come along when they are asked for. */
interface RemoteNode {
  readonly value?: {
    readonly nodeType?: number;
    readonly nodeValue?: string;
    readonly localName?: string;
    readonly children?: readonly RemoteNode[];
    readonly shadowRoot?: RemoteNode | null;
  };
}

function shadowText({ value }: RemoteNode, inShadow: boolean): string {
  if (!value || value.localName === 'style') return '';
  if (value.nodeType === 3) return inShadow ? (value.nodeValue ?? '') : '';
  const own = (value.children ?? []).map((child) => shadowText(child, inShadow));
  return [...own, value.shadowRoot ? shadowText(value.shadowRoot, true) : ''].join(' ');
}

/** Text inside the shadow roots of a page, closed ones too: what the overlay shows. */
export async function cardText(browser: Browser, page: Page): Promise<string> {
  const { connection } = browser as unknown as {
    readonly connection: {
      send(
        method: string,
        parameters: object,
      ): Promise<Answer<{ contexts: { context: string; url: string }[]; result: RemoteNode }>>;
    };
  };
  const tree = await connection.send('browsingContext.getTree', { maxDepth: 0 });
  const context = tree.result.contexts.find(({ url }) => url === page.url())?.context;
  const answer = await connection.send('script.evaluate', {
    expression: 'document.documentElement',
    target: { context },
    awaitPromise: false,
    serializationOptions: { includeShadowTree: 'all', maxDomDepth: null },
  });
  return shadowText(answer.result.result, false).replace(/\s+/g, ' ').trim();
}
