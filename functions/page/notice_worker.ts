// The service worker of the notifications: Chrome on Android gives them to none but one. It answers no request and keeps
// no page: its scope, /assets/, has none.

/** A window of this service; lib.dom.d.ts knows nothing of a worker's scope. */
interface PageWindow {
  readonly url: string;
  focus(): Promise<unknown>;
}

interface Windows {
  matchAll(which: { type: "window"; includeUncontrolled: true }): Promise<readonly PageWindow[]>;
  openWindow(url: string): Promise<unknown>;
}

interface NoticeClick extends Event {
  readonly notification: Notification;
  waitUntil(done: Promise<unknown>): void;
}

const { clients } = globalThis as unknown as { readonly clients: Windows };

addEventListener("notificationclick", (event) => {
  const click = event as NoticeClick;
  click.notification.close();
  click.waitUntil(toFront());
});

/** Brings the live page to the front, or opens it. */
async function toFront(): Promise<void> {
  const windows = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = windows.find(({ url }) => new URL(url).pathname === "/");
  await (page ? page.focus() : clients.openWindow("/"));
}
