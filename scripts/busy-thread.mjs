// Keeps one core busy until its thread is ended, in pieces of arithmetic that the engine cannot leave out.
let sum = 0;
for (let step = 0; ; step += 1) {
  sum = (sum + Math.sqrt(step)) % 1_000_003;
  if (sum < 0) throw new Error('a sum of roots is never below zero');
}
