/**
 * The table: what others do comes in by itself, a press does not move the page, and nothing is lost when the net drops.
 *
 * `<div data-live="/address/" data-edition="7" data-state="pagar">` asks its address every few seconds: 204 when nothing
 * has changed, else the same parts (`data-part`), which take the place of those on the page. A part that somebody is
 * writing in waits. `<form data-stays>` is sent without leaving the page and is answered {"said": "…"} or
 * {"refused": "…"}; then the focus goes to what it was about (`data-about`, the id of it), else to the heading of its
 * part, and a refusal takes it itself. Nothing moves but by the browser's own scrolling to what has the focus. Every other form first knocks at the address, so that a dropped net never takes the page away.
 */

const PAUSE = 4000;
const PATIENCE = 10_000;

const root = document.querySelector("[data-live], [data-knock]");
if (root) sit(root);

function sit(root) {
  const address = root.dataset.live ?? root.dataset.knock;
  const shown = new Map([...root.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, bare(part)]));
  let edition = root.dataset.edition ?? "";
  let news = heard(root);
  let away = false;
  let timer = 0;

  async function look({ quiet = false } = {}) {
    clearTimeout(timer);
    try {
      if (!document.hidden || quiet) await renew(quiet);
    } catch {
      reached(false);
    }
    timer = setTimeout(look, PAUSE);
  }

  async function renew(quiet) {
    const response = await ask(`${address}?utgava=${edition}`);
    reached(true);
    if (response.status !== 200) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-live]");
    if (page) take(page, quiet);
  }

  function take(page, quiet) {
    if (page.dataset.state !== root.dataset.state) {
      if (isWritten(root)) hold(true);
      else location.reload();
      return;
    }
    let waits = false;
    for (const part of root.querySelectorAll("[data-part]")) {
      const next = page.querySelector(`[data-part="${part.dataset.part}"]`);
      if (!next) continue;
      const plain = bare(next);
      if (plain.isEqualNode(shown.get(part.dataset.part))) continue;
      if (isWritten(part)) {
        waits = true;
        continue;
      }
      shown.set(part.dataset.part, plain);
      put(part, next);
    }
    hold(waits);
    edition = waits ? "0" : page.dataset.edition;
    const now = heard(page);
    const fresh = [...now].filter(([key]) => !news.has(key)).map(([, text]) => text);
    news = now;
    if (fresh.length && !quiet) say(fresh.join(" "));
  }

  function reached(is) {
    if (away === !is) return;
    away = !is;
    root.querySelector("[data-offline]")?.toggleAttribute("hidden", is);
    if (is) say("Kontakten med tjänsten är tillbaka.");
  }

  function hold(is) {
    root.querySelector("[data-held]")?.toggleAttribute("hidden", !is);
  }

  function say(text) {
    const place = root.querySelector("[data-said]");
    if (place) place.textContent = text;
  }

  function refuse(text) {
    const place = root.querySelector("[data-refused]");
    if (!place) return;
    const sentence = document.createElement("p");
    sentence.textContent = text;
    place.replaceChildren(sentence);
    place.hidden = !text;
    if (text) place.focus();
  }

  /** Let what was done have the focus, unless somebody has gone on to something else meanwhile. */
  function arrive(about, key) {
    const at = document.activeElement;
    const part = root.querySelector(`[data-part="${key}"]`);
    if (at && at !== document.body && !part?.contains(at)) return;
    const place = document.getElementById(about ?? "") ?? part?.querySelector("[tabindex='-1']");
    place?.focus();
  }

  /** Send a form and stay: what came of it is said, and the parts that it changed are renewed. */
  async function send(form, button) {
    if (form.dataset.sending) return;
    form.dataset.sending = "1";
    refuse("");
    try {
      const body = new FormData(form, button);
      const response = await ask(form.action, { method: "POST", body, headers: { "X-Stays": "1" } });
      reached(true);
      if (!response.headers.get("Content-Type")?.includes("json")) {
        refuse("Det gick inte att spara. Ladda om sidan, logga in om du är utloggad, och försök igen.");
        return;
      }
      const answer = await response.json();
      if (response.ok) {
        const key = form.closest("[data-part]")?.dataset.part;
        delete form.dataset.written;
        if (form.contains(document.activeElement)) document.activeElement.blur();
        await look({ quiet: true });
        arrive(form.dataset.about, key);
        say(answer.said);
      } else {
        await look({ quiet: true });
        refuse(answer.refused);
      }
    } catch {
      reached(false);
    } finally {
      delete form.dataset.sending;
    }
  }

  /** Send a form as a page once the service has answered; the page stays with all that is written when it has not. */
  async function knock(form, button) {
    try {
      await ask(`${address}?utgava=${edition}`);
      reached(true);
    } catch {
      reached(false);
      return;
    }
    form.dataset.open = "1";
    form.requestSubmit(button ?? undefined);
  }

  // Before anybody else hears of it, so that a form that is held back does not count as sent.
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!root.contains(form) || form.method !== "post") return;
      if (form.dataset.open) {
        delete form.dataset.open;
        return;
      }
      event.preventDefault();
      if (form.hasAttribute("data-stays")) send(form, event.submitter);
      else knock(form, event.submitter);
    },
    true,
  );
  root.addEventListener("input", (event) => {
    const form = event.target.closest("form:not([data-autosave])");
    if (form) form.dataset.written = "1";
  });
  if (!root.dataset.live) return;
  for (const link of document.querySelectorAll("[data-renew]")) link.hidden = true;
  addEventListener("offline", () => reached(false));
  addEventListener("online", () => look());
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) look();
  });
  timer = setTimeout(look, PAUSE);
}

/** Ask the service; nobody who is logged out is sent anywhere. */
async function ask(address, more = {}) {
  const response = await fetch(address, {
    cache: "no-store",
    credentials: "same-origin",
    redirect: "manual",
    signal: AbortSignal.timeout(PATIENCE),
    ...more,
  });
  if (response.status >= 500) throw new Error("the service is down");
  return response;
}

/** A part without what differs each time it is made. */
function bare(part) {
  const copy = part.cloneNode(true);
  for (const token of copy.querySelectorAll("[name='csrfmiddlewaretoken']")) token.removeAttribute("value");
  return copy;
}

/** What is said aloud once: its keys and words. */
function heard(page) {
  return new Map([...page.querySelectorAll("[data-news] > li")].map((line) => [line.dataset.key, line.textContent]));
}

/** Whether somebody is writing in a part, or has written something there that is not sent. */
function isWritten(part) {
  const at = document.activeElement;
  const isField = part.contains(at) && at.matches("input:not([type='hidden']), textarea, select");
  return isField || part.querySelector("form[data-written]") !== null;
}

/** Put new content in a part; what had the focus keeps it, and what was unfolded stays so. */
function put(part, next) {
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  const open = [...part.querySelectorAll("details[open][id]")].map((details) => details.id);
  part.replaceChildren(...next.childNodes);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (!focused) return;
  const again = focused.id && document.getElementById(focused.id);
  (again || part.querySelector("[tabindex='-1']"))?.focus({ preventScroll: true });
}
