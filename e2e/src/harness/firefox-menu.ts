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
  /** By which the driver finds it again. */
  readonly sharedId?: string;
  readonly value?: {
    readonly nodeType?: number;
    readonly nodeValue?: string;
    readonly localName?: string;
    readonly children?: readonly RemoteNode[];
    readonly shadowRoot?: RemoteNode | null;
  };
}

/** The driver's own connection to a page's document. */
interface PageConnection {
  send(
    method: string,
    parameters: object,
  ): Promise<Answer<{ contexts: { context: string; url: string }[]; result: RemoteNode & { value?: unknown } }>>;
}

function* nodesIn(node: RemoteNode, inShadow = false): Generator<{ node: RemoteNode; inShadow: boolean }> {
  yield { node, inShadow };
  for (const child of node.value?.children ?? []) yield* nodesIn(child, inShadow);
  if (node.value?.shadowRoot) yield* nodesIn(node.value.shadowRoot, true);
}

function textOf({ value }: RemoteNode): string {
  if (!value || value.localName === 'style') return '';
  return value.nodeType === 3 ? (value.nodeValue ?? '') : (value.children ?? []).map(textOf).join(' ');
}

/** A page's document with its shadow roots, closed ones too. */
async function documentOf(browser: Browser, page: Page) {
  const { connection } = browser as unknown as { readonly connection: PageConnection };
  const tree = await connection.send('browsingContext.getTree', { maxDepth: 0 });
  const context = tree.result.contexts.find(({ url }) => url === page.url())?.context;
  const answer = await connection.send('script.evaluate', {
    expression: 'document.documentElement',
    target: { context },
    awaitPromise: false,
    serializationOptions: { includeShadowTree: 'all', maxDomDepth: null },
  });
  return { connection, context, root: answer.result.result };
}

/** Text inside the shadow roots of a page, closed ones too: what the overlay shows. */
export async function cardText(browser: Browser, page: Page): Promise<string> {
  const { root } = await documentOf(browser, page);
  const roots = [...nodesIn(root)].flatMap(({ node }) => node.value?.shadowRoot ?? []);
  return roots.map(textOf).join(' ').replace(/\s+/g, ' ').trim();
}

/** Clicks, with a real mouse event, the first button of the overlay with this text. */
export async function clickInCard(browser: Browser, page: Page, text: string): Promise<void> {
  const { connection, context, root } = await documentOf(browser, page);
  const button = [...nodesIn(root)].find(
    ({ node, inShadow }) => inShadow && node.value?.localName === 'button' && textOf(node).trim() === text,
  )?.node;
  if (!button) throw new Error(`no button ${text}`);
  const place = await connection.send('script.callFunction', {
    functionDeclaration: `(button) => {
      button.scrollIntoView({ block: 'nearest' });
      const { x, y, width, height } = button.getBoundingClientRect();
      return (x + width / 2) + ' ' + (y + height / 2);
    }`,
    arguments: [{ sharedId: button.sharedId }],
    target: { context },
    awaitPromise: false,
  });
  const [x = 0, y = 0] = String(place.result.result.value).split(' ').map(Number);
  await page.mouse.click(x, y);
}
