import type { FocusedElement } from '../capture/index.ts';
import type { ScreenRect } from '../messaging/content-messages.ts';
import type { Box } from '../overlay/place/geometry.ts';
import type { PixelsAnswer } from './check-client.ts';

/** What the content script asks of the page; the answers are the capture folder's. */
export interface PagePictures {
  /** The picture a person meant with the context menu. @param srcUrl what the browser says was clicked */
  clicked(srcUrl: string | undefined): Element | undefined;
  /** The video, or the canvas that a player paints, which a person meant with the context menu. */
  clickedVideo(srcUrl: string | undefined): HTMLVideoElement | HTMLCanvasElement | undefined;
  /** What has the focus in this frame; undefined where that is nothing, or elsewhere. */
  focused(): FocusedElement | undefined;
  /** The picture under the pointer. */
  pointed(): Element | undefined;
  /** The address in use now; undefined for canvases and for pictures that are not loaded. */
  address(element: Element): string | undefined;
  /** Bytes the page can give, else the place for a screenshot. */
  pixels(element: Element): Promise<PixelsAnswer>;
  /** Where a picture is now; undefined out of view. */
  place(element: Element): ScreenRect | undefined;
  /** The part of a box of this frame's viewport that is on the screen. */
  onScreen(box: Box): ScreenRect | undefined;
  /** Pictures under a root, found lazily; shadow roots are looked into, and each is told. */
  scan(root: Document | Element, met: (inner: ShadowRoot) => void): Iterable<Element>;
}
