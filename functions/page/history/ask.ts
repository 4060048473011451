/** Answers that came with the page, each for the first who asks. */
const brought = new Map<string, unknown>(
  Object.entries(JSON.parse(document.getElementById("answers")?.textContent || "{}")),
);

/** Asks the service; an answer that is none throws an Error that says what came. */
export async function ask<Answer>(path: string): Promise<Answer> {
  if (brought.has(path)) {
    const answer = brought.get(path) as Answer;
    brought.delete(path);
    return answer;
  }
  const response = await fetch(path);
  // Not logged in any more: the server shows the log-in page instead, and leads back here.
  if (response.status === 401) location.reload();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${response.statusText}`);
  return await response.json();
}
