/** The next `count` bytes of a stream, or fewer where it ends; whatever the chunks, none is read beyond the one that completes them. */
export async function readBytes(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  count: number,
): Promise<number[]> {
  const bytes: number[] = [];
  while (bytes.length < count) {
    const { value, done } = await reader.read();
    if (done) break;
    bytes.push(...value);
  }
  return bytes;
}
