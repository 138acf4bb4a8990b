/** Files dropped on a zone: they go through the file field of its form, as if they had been chosen there. */

/** Let files be dropped on every `[data-drop]`, and keep a file dropped beside it from replacing the page. */
export function dropZones() {
  /** @param {Event} event */
  const zone = (event) => (event.target instanceof Element ? event.target.closest("[data-drop]") : null);
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    for (const other of document.querySelectorAll(".drop.over")) other.classList.remove("over");
    zone(event)?.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => zone(event)?.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    const found = zone(event);
    found?.classList.remove("over");
    const field = /** @type {HTMLInputElement | null | undefined} */ (found?.querySelector("input[type=file]"));
    if (!field || !event.dataTransfer?.files.length) return;
    field.files = event.dataTransfer.files;
    field.form?.requestSubmit();
  });
}
