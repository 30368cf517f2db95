import type { CDPSession, Frame, Page } from 'playwright-core';

/** What the overlay shows, read through the debugger: the page itself cannot see into its closed shadow root. */
interface Node {
  readonly nodeId: number;
  readonly backendNodeId: number;
  readonly nodeName: string;
  readonly nodeType: number;
  readonly nodeValue: string;
  readonly shadowRootType?: string;
  readonly attributes?: string[];
  readonly children?: Node[];
  readonly shadowRoots?: Node[];
  readonly contentDocument?: Node;
}

function* walk(node: Node, inClosed: boolean): Generator<{ node: Node; inClosed: boolean }> {
  yield { node, inClosed };
  for (const child of node.children ?? []) yield* walk(child, inClosed);
  for (const root of node.shadowRoots ?? []) yield* walk(root, inClosed || root.shadowRootType === 'closed');
  if (node.contentDocument) yield* walk(node.contentDocument, inClosed);
}

function textOf(node: Node): string {
  if (node.nodeName === 'STYLE') return '';
  if (node.nodeType === 3) return node.nodeValue;
  return (node.children ?? []).map(textOf).join(' ');
}

const attribute = (node: Node, name: string): string | undefined => {
  const index = node.attributes?.indexOf(name) ?? -1;
  return index >= 0 && index % 2 === 0 ? node.attributes?.[index + 1] : undefined;
};

/** A debugger's connection to one page, whoever drives the browser. */
export interface PageDebugger {
  send(method: 'DOM.getDocument', parameters: { depth: number; pierce: boolean }): Promise<unknown>;
}

async function closedNodes(session: PageDebugger): Promise<Node[]> {
  const { root } = (await session.send('DOM.getDocument', { depth: -1, pierce: true })) as { root: Node };
  return [...walk(root, false)].filter(({ inClosed }) => inClosed).map(({ node }) => node);
}

async function withSession<T>(page: Page | Frame, use: (session: CDPSession) => Promise<T>): Promise<T> {
  const context = 'context' in page ? page.context() : page.page().context();
  const session = await context.newCDPSession(page);
  try {
    return await use(session);
  } finally {
    await session.detach().catch(() => undefined);
  }
}

/** Text of every closed shadow root of a document. */
export async function closedText(session: PageDebugger): Promise<string> {
  const roots = (await closedNodes(session)).filter((node) => node.shadowRootType === 'closed');
  return roots.map(textOf).join(' ');
}

function textIn(target: Page | Frame): Promise<string> {
  return withSession(target, closedText);
}

/** Text of every closed shadow root on the page and in its frames, with single spaces. */
export async function overlayText(page: Page): Promise<string> {
  const own = await textIn(page);
  // A frame of another site runs in its own process and is a debugging target of its own; others are part of the page.
  const elsewhere = page.frames().filter((frame) => frame !== page.mainFrame());
  const frames = await Promise.all(elsewhere.map((frame) => textIn(frame).catch(() => '')));
  return [own, ...frames].join(' ').replace(/\s+/g, ' ').trim();
}

/** Waits until the overlay's text matches. @returns the text */
export async function waitForOverlay(page: Page, pattern: RegExp, timeoutMs = 240_000): Promise<string> {
  let text = '';
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; ) {
    text = await overlayText(page);
    if (pattern.test(text)) return text;
    await page.waitForTimeout(100);
  }
  throw new Error(`the overlay never showed ${pattern}; it shows: ${text.slice(0, 600) || 'nothing'}`);
}

/** Accessible names or texts of the buttons inside closed roots. */
export function overlayButtons(page: Page): Promise<string[]> {
  return withSession(page, async (session) =>
    (await closedNodes(session))
      .filter((node) => node.nodeName === 'BUTTON' && attribute(node, 'hidden') === undefined)
      .map((node) => attribute(node, 'aria-label') ?? textOf(node).replace(/\s+/g, ' ').trim()),
  );
}

/** Where the first element of the overlay with this role is, in CSS pixels of the viewport. */
export function overlayPlace(
  page: Page,
  role: string,
): Promise<{ x: number; y: number; width: number; height: number }> {
  return withSession(page, async (session) => {
    const node = (await closedNodes(session)).find((candidate) => attribute(candidate, 'role') === role);
    if (!node) throw new Error(`no overlay element with role ${role}`);
    const { model } = await session.send('DOM.getBoxModel', { backendNodeId: node.backendNodeId });
    const [x = 0, y = 0] = model.border;
    return { x, y, width: model.width, height: model.height };
  });
}

/** Clicks, with a real mouse event, the first button of the overlay whose name matches. */
export async function clickOverlayButton(page: Page, name: RegExp): Promise<void> {
  const point = await withSession(page, async (session) => {
    const nodes = await closedNodes(session);
    const button = nodes.find(
      (node) => node.nodeName === 'BUTTON' && name.test(`${attribute(node, 'aria-label') ?? ''} ${textOf(node)}`),
    );
    if (!button) throw new Error(`no overlay button ${name}`);
    await session.send('DOM.scrollIntoViewIfNeeded', { backendNodeId: button.backendNodeId });
    const { model } = await session.send('DOM.getBoxModel', { backendNodeId: button.backendNodeId });
    const [x1 = 0, y1 = 0, x2 = 0, , , y3 = 0] = model.border;
    return { x: (x1 + x2) / 2, y: (y1 + y3) / 2 };
  });
  await page.mouse.click(point.x, point.y);
}

/** A part of the overlay as a person meets it. */
export interface OverlayPart {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly name: string;
  readonly focused: boolean;
}

/** Parts of the overlay that can be seen and have this class, with their places in the viewport. */
export function overlayParts(page: Page, className: string): Promise<OverlayPart[]> {
  return withSession(page, async (session) => {
    const nodes = (await closedNodes(session)).filter((node) =>
      attribute(node, 'class')?.split(' ').includes(className),
    );
    const parts = await Promise.all(
      nodes.map(async ({ backendNodeId }) => {
        const { object } = await session.send('DOM.resolveNode', { backendNodeId });
        const { result } = await session.send('Runtime.callFunctionOn', {
          objectId: object.objectId ?? '',
          returnByValue: true,
          awaitPromise: true,
          // Between layout and painting, as the eye has it: a script at another moment sees what is never painted.
          functionDeclaration: `async function () {
            await new Promise((resolve) => {
              const observer = new ResizeObserver(() => (observer.disconnect(), resolve()));
              observer.observe(document.documentElement);
              requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(resolve)));
            });
            const { x, y, width, height } = this.getBoundingClientRect();
            const { visibility, opacity } = getComputedStyle(this);
            if (visibility !== 'visible' || opacity === '0' || width === 0 || height === 0) return undefined;
            const name = this.getAttribute('aria-label') ?? this.textContent.replace(/\\s+/g, ' ').trim();
            return { x, y, width, height, name, focused: this.getRootNode().activeElement === this };
          }`,
        });
        return result.value as OverlayPart | undefined;
      }),
    );
    return parts.filter((part) => part !== undefined);
  });
}
