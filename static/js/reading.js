/**
 * A matter's page: marks it as read when it is seen, and lets the service worker keep it for reading without a network.
 * Without this there is a button that marks it, and pages are read with a network alone.
 */

const form = document.querySelector("form[data-markera]");
const said = document.querySelector("[data-last]");
const isCopy = document.querySelector("[data-kopia-ruta]")?.hidden === false;

async function mark() {
  if (document.visibilityState !== "visible") return;
  document.removeEventListener("visibilitychange", mark);
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Autosave": "1", Accept: "application/json" },
      credentials: "same-origin",
      redirect: "manual",
    });
    if (!response.ok) return;
    form.hidden = true;
    said.textContent = "Du har läst punkten.";
  } catch {
    // The button is still there.
  }
}

if (isCopy) form?.setAttribute("hidden", "");
else if (form && !form.hidden) {
  document.addEventListener("visibilitychange", mark);
  mark();
}

/** The copy holds the note as it was when the page was opened: once it is left, it is kept anew with what was written. */
let isNoted = false;
document.querySelector("form[data-anteckning]")?.addEventListener("autosave:saved", () => {
  isNoted = true;
});
addEventListener("pagehide", () => {
  if (isNoted) navigator.serviceWorker?.controller?.postMessage({ path: location.pathname });
});

async function keep() {
  const worker = navigator.serviceWorker;
  await worker.register("/sw.js", { scope: "/moten/" });
  if (worker.controller) return;
  const ready = await worker.ready;
  const files = performance.getEntriesByType("resource").map((one) => new URL(one.name));
  const paths = files.filter((one) => one.origin === location.origin).map((one) => one.pathname);
  ready.active.postMessage({ path: location.pathname, files: paths });
}

if ("serviceWorker" in navigator && "sparaKopia" in document.body.dataset) {
  keep().catch(() => {
    // A browser that keeps nothing reads with a network alone.
  });
}
