import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { deliverOverlay } from '../src/overlay/delivery.ts';
import { createOverlay } from '../src/overlay/overlay.ts';

/** Put by the background into the frame that has something to show, and into no other. */
export default defineUnlistedScript(() => deliverOverlay(createOverlay));
