/**
 * What every page has: Ctrl+K to the search box, menus that close, focus on what has gone wrong, one click per form.
 * Nothing here is needed: each part works as plain HTML, only less smoothly.
 */

const isWriting = (target) => target instanceof Element && target.closest("[data-markdown] textarea");

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
    const field = document.querySelector("[data-search]");
    if (!field || isWriting(event.target)) return;
    event.preventDefault();
    field.focus();
    field.select();
  }
  if (event.key === "Escape") closeMenus(null, true);
});

function closeMenus(except, giveFocus = false) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (menu === except) continue;
    menu.open = false;
    if (giveFocus) menu.querySelector("summary").focus();
  }
}

document.addEventListener("click", (event) => {
  closeMenus(event.target instanceof Element ? event.target.closest("details[data-menu]") : null);
});

/** A link to a field that is not visible by itself (a group of boxes, a hidden row) still puts the focus there. */
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest(".ds-error-summary a[href^='#']");
  if (!link) return;
  const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!target) return;
  event.preventDefault();
  const label = document.querySelector(`label[for="${CSS.escape(target.id)}"]`);
  (label ?? target).scrollIntoView({ block: "center" });
  target.focus({ preventScroll: true });
});

/** A form that is on its way is not sent again by a second click. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.target) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 8000);
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

/**
 * A page opens at what has gone wrong, else where its address points, else at what was just done; by nothing more than
 * the focus, so that nobody is moved about by animation.
 */
const pointed = document.querySelector(":target");
const heading = pointed?.querySelector(":is(h2, h3)[tabindex='-1']");
const said = pointed ? null : document.querySelector("[data-said-focus]");
(document.querySelector("[data-focus]") ?? heading ?? said)?.focus();

/** What stands in a field is copied by a button; where the browser will not, the field is marked to be copied by hand. */
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const said = button.parentElement.querySelector("[data-copied]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = "Kopierad.";
    } catch {
      said.textContent = "Texten är markerad. Kopiera den med Ctrl+C.";
    }
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
