/** Texts of one piece of an answer. */
const TEXTS_PER_CHUNK = 200;

/** Joins short texts to pieces that are worth sending. */
export async function* inChunks(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let chunk = '';
  let count = 0;
  for await (const text of texts) {
    chunk += text;
    count += 1;
    if (count % TEXTS_PER_CHUNK !== 0) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
