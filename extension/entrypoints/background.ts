import { defineBackground } from 'wxt/utils/define-background';
import { startBackground } from '../src/background/start.ts';

export default defineBackground({
  type: 'module',
  main() {
    // Lives as long as its process: the browser ends it without a word.
    startBackground(new AbortController().signal);
  },
});
