import { show } from "./write.ts";

const URL = "/alarm/silence";

/**
 * Lets the page silence the buzzer and let it sound again. The answer is not waited for: the `alarm` event tells every
 * page what came of it.
 */
export function bindSilence(): void {
  const form = document.getElementById("silence-form");
  const choice = document.getElementById("silence-minutes");
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    const minutes = choice instanceof HTMLSelectElement ? Number(choice.value) : 10;
    const headers = { "content-type": "application/json" };
    ask({ method: "POST", headers, body: JSON.stringify({ minutes }) });
  });
  document.getElementById("unsilence")?.addEventListener("click", () => ask({ method: "DELETE" }));
}

async function ask(request: RequestInit): Promise<void> {
  let isDone = false;
  try {
    isDone = (await fetch(URL, request)).ok;
  } catch { // no connection
  }
  show("silence-problem", !isDone);
}
