const WORKER = "/assets/notice_worker.js";

/** Shows a notification: by the service worker, else by the page itself. Whether this browser lets either do so. */
export async function raise(title: string, options: NotificationOptions): Promise<boolean> {
  try {
    const registration = await registerWorker();
    await registration.showNotification(title, options);
    return true;
  } catch { // no service workers here, or none with this certificate
    return raiseHere(title, options);
  }
}

/** Gets the service worker ready, which brings the page to the front when a notification is tapped. */
export async function registerWorker(): Promise<ServiceWorkerRegistration> {
  const registration = await navigator.serviceWorker.register(WORKER);
  const worker = registration.active ?? registration.waiting ?? registration.installing;
  if (worker !== null) await started(worker);
  return registration;
}

function started(worker: ServiceWorker): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (worker.state === "activated" || worker.state === "redundant") resolve();
    };
    worker.addEventListener("statechange", look);
    look();
  });
}

function raiseHere(title: string, options: NotificationOptions): boolean {
  try {
    const notice = new Notification(title, options);
    notice.onclick = () => {
      focus();
      notice.close();
    };
    return true;
  } catch { // Chrome on Android gives them to service workers alone
    return false;
  }
}
