/** Forms that ask only what the choice made so far calls for. */

/**
 * Give what is chosen among some fields, as "name:value".
 *
 * @param {Iterable<Element>} fields
 */
function chosenAmong(fields) {
  const chosen = new Set();
  for (const field of fields) {
    if (field instanceof HTMLInputElement && field.checked) chosen.add(`${field.name}:${field.value}`);
    if (field instanceof HTMLSelectElement) chosen.add(`${field.name}:${field.value}`);
  }
  return chosen;
}

/**
 * Show the parts of a form whose `data-when` names something chosen ("answer:redirects group:holds"), hide the others.
 * A part inside a repeated block looks at that block alone. A hidden fieldset is disabled: what it holds is neither asked
 * nor sent, yet it is still there if the choice comes back.
 *
 * @param {HTMLFormElement | null} form
 */
export function reveal(form) {
  if (!form) return;
  const everywhere = chosenAmong(form.elements);
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-when]"))) {
    const block = part.closest("[data-block]");
    const chosen = block ? chosenAmong(block.querySelectorAll("select")) : everywhere;
    const wanted = (part.dataset.when ?? "").split(" ").some((one) => chosen.has(one));
    part.hidden = !wanted;
    if (part instanceof HTMLFieldSetElement) part.disabled = !wanted;
  }
}

/** Follow every choice, and every form that comes in. */
export function watchChoices() {
  document.addEventListener("change", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) return;
    // Another group was chosen: the kind of answer of the former one no longer counts.
    if (field.dataset.clears && field.form) {
      for (const other of field.form.querySelectorAll(`input[name="${field.dataset.clears}"]`)) {
        /** @type {HTMLInputElement} */ (other).checked = false;
      }
    }
    reveal(field.form);
  });
  document.addEventListener("htmx:after:swap", () => {
    for (const form of document.forms) if (form.querySelector("[data-when]")) reveal(form);
  });
}
