/**
 * Adds and removes rows of a formset without loading the page. Without this file the same buttons are sent as they are
 * named (`lagg_till_<prefix>`, `ta_bort_<prefix>-N`), and the server does it.
 */

for (const rows of document.querySelectorAll("[data-rows]")) prepare(rows);

function prepare(rows) {
  const prefix = rows.dataset.rows;
  const list = rows.querySelector("[data-rows-list]");
  const template = rows.querySelector("template");
  const status = rows.querySelector("[data-rows-status]");
  const total = rows.querySelector(`[name="${CSS.escape(prefix)}-TOTAL_FORMS"]`);
  const most = Number(rows.querySelector(`[name="${CSS.escape(prefix)}-MAX_NUM_FORMS"]`)?.value ?? 1000);
  const visible = () => [...list.children].filter((row) => !row.hidden);

  rows.querySelector("[data-rows-add]").addEventListener("click", (event) => {
    if (Number(total.value) >= most) return;
    event.preventDefault();
    const index = total.value;
    const row = template.content.firstElementChild.cloneNode(true);
    for (const element of row.querySelectorAll("*")) {
      for (const attribute of element.attributes) {
        if (attribute.value.includes("__prefix__")) attribute.value = attribute.value.replaceAll("__prefix__", index);
      }
    }
    list.append(row);
    total.value = Number(index) + 1;
    number();
    row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    say(`En rad är tillagd, nu ${visible().length}.`);
    announce();
  });

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-row-remove]");
    if (!button) return;
    const row = button.closest("[data-row]");
    const mark = row.querySelector(".s-row-delete input");
    if (!mark) return;
    event.preventDefault();
    const place = visible().indexOf(row);
    mark.checked = true;
    row.hidden = true;
    number();
    const left = visible();
    const next = left[Math.min(place, left.length - 1)];
    (next?.querySelector("[data-row-remove]") ?? rows.querySelector("[data-rows-add]")).focus();
    say(`Raden är borttagen, nu ${left.length}.`);
    announce();
  });

  /** A row changes places with the one before or after it; the field that says its place follows. */
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (!button) return;
    event.preventDefault();
    const shown = visible();
    const row = button.closest("[data-row]");
    const there = shown[shown.indexOf(row) + Number(button.dataset.step)];
    if (!there) return;
    if (button.dataset.step === "1") there.after(row);
    else there.before(row);
    number();
    visible().forEach((one, index) => {
      const order = one.querySelector("[name$='-order']");
      if (order) order.value = index + 1;
    });
    (button.disabled ? row.querySelector("[data-step]:not([disabled])") : button).focus();
    say(`Flyttad till plats ${visible().indexOf(row) + 1} av ${shown.length}.`);
    announce();
  });

  function number() {
    const shown = visible();
    shown.forEach((row, index) => {
      for (const place of row.querySelectorAll("[data-row-number]")) place.textContent = index + 1;
      for (const button of row.querySelectorAll("[data-step]")) {
        button.disabled = index === (button.dataset.step === "1" ? shown.length - 1 : 0);
      }
    });
  }
  function say(text) {
    if (status) status.textContent = text;
  }
  function announce() {
    rows.dispatchEvent(new CustomEvent("rows:changed", { bubbles: true }));
  }
  for (const mark of rows.querySelectorAll(".s-row-delete input:checked")) mark.closest("[data-row]").hidden = true;
  number();
}
