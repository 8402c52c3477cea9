/**
 * Saves a form by itself: `<form data-autosave="/address/">`. The address takes what the form's own button would send.
 *
 * It answers JSON: 200 {"saved": "14.05", "version": 7}; 409 {"html": "…"} with both texts; 422 {"errors": {"field": […]}};
 * 403 {"message": "…"}. Nothing that is written is ever lost from the page: a failure says so, is tried again, and the
 * browser warns before the page is left, unless the text lies on the device (notes.js). What is saved is told to the form
 * as `autosave:saved`. Whoever has been logged out logs in on another tab, and the text is saved.
 */

const PAUSE = 1500;
const PATIENCE = [3000, 8000, 20000, 60000];

for (const form of document.querySelectorAll("form[data-autosave]")) keep(form);

function keep(form) {
  const status = form.querySelector("[data-autosave-status]");
  const problem = form.querySelector("[data-autosave-problem]");
  let saved = written(form);
  let timer = 0;
  let failures = 0;
  let running = false;
  let stopped = false;
  let leaving = false;

  const isDirty = () => written(form) !== saved;
  const say = (text, state = "") => {
    if (!status) return;
    if (status.textContent !== text) status.textContent = text;
    status.dataset.state = state;
  };
  const later = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  };

  async function save() {
    if (running) return later(PAUSE);
    if (stopped || leaving || !isDirty()) return;
    running = true;
    const sent = written(form);
    renewToken(form);
    try {
      const response = await fetch(form.dataset.autosave, {
        method: "POST",
        body: content(form),
        headers: { "X-Autosave": "1", Accept: "application/json" },
        credentials: "same-origin",
        redirect: "manual",
      });
      if (response.type === "opaqueredirect") {
        say("Inte sparat: du är utloggad. Logga in i en ny flik, så sparas din text här.", "error");
        later(PATIENCE[1]);
        return;
      }
      const answer = await response.json();
      failures = 0;
      if (response.ok) {
        const isWhole = written(form) === sent;
        adopt(form, answer);
        saved = isWhole ? written(form) : sent;
        showErrors(form, {});
        say(`Sparat ${answer.saved}`);
        if (isDirty()) later(PAUSE);
        else form.dispatchEvent(new CustomEvent("autosave:saved"));
      } else if (response.status === 422) {
        showErrors(form, answer.errors ?? {});
        say("Inte sparat: rätta det som är markerat, så sparas resten.", "error");
      } else if (response.status === 409 && answer.html) {
        stopped = true;
        say(answer.message ?? "Inte sparat: någon annan har sparat samma del.", "error");
        showConflict(form, problem, answer.html);
      } else {
        stopped = true;
        say(answer.message ?? "Inte sparat. Kopiera din text och ladda om sidan.", "error");
      }
    } catch {
      const wait = PATIENCE[Math.min(failures, PATIENCE.length - 1)];
      failures += 1;
      say("Inte sparat: ingen kontakt med tjänsten. Din text finns kvar här och sparas när kontakten är tillbaka.", "error");
      later(wait);
    } finally {
      running = false;
    }
  }

  const changed = (event) => {
    if (event.target.closest("[data-autosave-ignore]") || !isDirty()) return;
    if (!stopped && failures === 0) say("Sparar …");
    later(failures ? PATIENCE[0] : PAUSE);
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("rows:changed", changed);
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(timer);
  });
  addEventListener("pageshow", () => {
    leaving = false;
  });
  addEventListener("online", () => later(0));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
  addEventListener("beforeunload", (event) => {
    if (!leaving && isDirty() && !("anteckning" in form.dataset)) event.preventDefault();
  });
}

/** What the form would send, without files: those are sent by its own button. */
function content(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  return data;
}

/** A new log-in gives a new token; the form's own would be refused. */
function renewToken(form) {
  const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  const field = form.elements.namedItem("csrfmiddlewaretoken");
  if (token && field) field.value = token;
}

function written(form) {
  return JSON.stringify([...content(form)].filter(([name]) => name !== "csrfmiddlewaretoken"));
}

/** Take over the version and the ids that the saving gave, so that the next saving builds on it. */
function adopt(form, answer) {
  const values = { ...(answer.values ?? {}) };
  if (answer.version !== undefined) values.version = answer.version;
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement && field.type === "hidden") field.value = value;
  }
}

function showErrors(form, errors) {
  for (const place of form.querySelectorAll("[data-errors-for]")) {
    const name = place.dataset.errorsFor;
    const messages = errors[name] ?? [];
    place.replaceChildren(...messages.map(message));
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLElement) {
      if (messages.length) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
      const others = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== place.id);
      const ids = messages.length && place.id ? [...others, place.id] : others;
      if (ids.length) field.setAttribute("aria-describedby", ids.join(" "));
      else field.removeAttribute("aria-describedby");
    }
  }
}

function message(text) {
  const paragraph = document.createElement("p");
  paragraph.className = "ds-validation-message";
  paragraph.textContent = text;
  return paragraph;
}

function showConflict(form, place, html) {
  if (!place) return;
  const fragment = new DOMParser().parseFromString(html, "text/html").body;
  place.replaceChildren(...fragment.childNodes);
  const notice = place.querySelector("[data-focus]");
  (notice ?? place).scrollIntoView({ block: "center" });
  notice?.focus({ preventScroll: true });
}
