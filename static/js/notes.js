/**
 * A note that is written without a network is kept on the device, and sent when there is one again.
 *
 * autosave.js does the saving; here a text lies beside it until it has been saved. A note of another matter that waits is
 * sent from whichever reading page is open; where it has been changed on another device, a link leads to it.
 */

const NOTES = "satsningar-anteckning-";
/** As copies.js names them, which takes away those of another person. */
const person = (document.body.dataset.kopia ?? "").split("-")[0];
const form = document.querySelector("form[data-anteckning]");
const field = form?.elements.namedItem("text");
const version = form?.elements.namedItem("version");
const own = form ? `${NOTES}${person}-${form.dataset.anteckning}` : "";

const plain = (text) => text.replace(/\r\n?/g, "\n").trim();

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

function put() {
  try {
    const draft = { text: field.value, version: version.value, address: form.dataset.autosave, page: location.pathname };
    localStorage.setItem(own, JSON.stringify(draft));
  } catch {
    // A device that keeps nothing still has the text in its field.
  }
}

if (form && person) {
  const draft = read(own);
  if (draft && plain(draft.text) === plain(field.value)) localStorage.removeItem(own);
  else if (draft && !form.querySelector(".s-conflict")) {
    field.value = draft.text;
    version.value = draft.version;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.addEventListener("input", put);
  form.addEventListener("autosave:saved", () => localStorage.removeItem(own));
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    put();
  });
  addEventListener("online", sendOthers);
  sendOthers();
}

function noteKeys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(`${NOTES}${person}-`));
  } catch {
    return [];
  }
}

async function sendOthers() {
  const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
  const left = document.querySelector("[data-anteckningar-kvar]");
  for (const key of noteKeys()) {
    const draft = key === own ? null : read(key);
    if (!draft || !navigator.onLine) continue;
    const data = new FormData();
    data.set("csrfmiddlewaretoken", token);
    data.set("text", draft.text);
    data.set("version", draft.version);
    try {
      const response = await fetch(draft.address, {
        method: "POST",
        body: data,
        headers: { "X-Autosave": "1", Accept: "application/json" },
        credentials: "same-origin",
        redirect: "manual",
      });
      if (response.ok) localStorage.removeItem(key);
      else if (response.status === 409 && left) {
        left.querySelector("a").href = draft.page;
        left.hidden = false;
      }
    } catch {
      return;
    }
  }
}
