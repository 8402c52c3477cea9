/**
 * Shows a field only where another says so: `<div data-when="kind" data-is="fokusomrade">`. Without this file every field is
 * shown, and the server leaves out what does not belong.
 */

for (const part of document.querySelectorAll("[data-when]")) {
  const form = part.closest("form");
  const look = () => {
    part.hidden = new FormData(form).get(part.dataset.when) !== part.dataset.is && !part.querySelector("[aria-invalid='true']");
  };
  form.addEventListener("change", look);
  addEventListener("pageshow", look);
  look();
}
