/**
 * Takes away what another log-in has left on the device: copies of pages kept for reading without a network, and notes
 * of another person. `<body data-kopia="person-login">` says whose the page is; empty where nobody is logged in.
 */

const COPIES = "satsningar-las-";
const NOTES = "satsningar-anteckning-";

const owner = document.body.dataset.kopia;

async function forgetCopies(kept = "") {
  if (!("caches" in window)) return;
  for (const name of await caches.keys()) {
    if (name.startsWith(COPIES) && name !== kept) await caches.delete(name);
  }
}

function forgetNotes(person = "") {
  for (const key of noteKeys()) {
    if (!person || !key.startsWith(`${NOTES}${person}-`)) localStorage.removeItem(key);
  }
}

function noteKeys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(NOTES));
  } catch {
    return [];
  }
}

async function tidy() {
  if (owner === undefined) return;
  if (owner) {
    forgetNotes(owner.split("-")[0]);
    await forgetCopies(COPIES + owner);
    return;
  }
  const worker = await navigator.serviceWorker?.getRegistration("/moten/");
  await worker?.unregister();
  await forgetCopies();
}

// Whoever logs out on purpose leaves nothing, in browsers too that do not heed what the answer says about it.
document.addEventListener("submit", (event) => {
  if (event.target instanceof HTMLFormElement && event.target.action.includes("/konto/logout/")) {
    forgetNotes();
    forgetCopies();
  }
});

tidy();
