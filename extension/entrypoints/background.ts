import { defineBackground } from 'wxt/utils/define-background';

export default defineBackground({
  type: 'module',
  main() {
    // Listeners are registered in this turn: a restarted worker gets its event only then.
  },
});
