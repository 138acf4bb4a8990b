/** Words said to the person: the live region, the alerts of a form, the bar of a silent server. */

/**
 * Give the element of the shell that bears an id.
 *
 * @param {string} id
 * @returns {HTMLElement}
 */
export function part(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the shell has no #${id}`);
  return found;
}

/**
 * Say something to screen readers. The region is emptied first, so that the same words twice are said twice.
 *
 * @param {string} words
 */
export function announce(words) {
  const region = part("status");
  region.textContent = "";
  setTimeout(() => {
    region.textContent = words;
  }, 60);
}

/**
 * Take away the alerts and marks of earlier faults.
 *
 * @param {Element} place
 */
export function clearFaults(place) {
  for (const alert of place.querySelectorAll("[data-fault]")) alert.remove();
  for (const field of place.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    const described = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== "fault");
    if (described.length) field.setAttribute("aria-describedby", described.join(" "));
    else field.removeAttribute("aria-describedby");
  }
}

/**
 * Show an answer that refuses, at the top of `place`, and mark the field it names. What was typed stays.
 *
 * @param {Element} place a form, or the view
 * @param {string} html the server's own fragment, escaped there
 */
export function showFault(place, html) {
  clearFaults(place);
  const box = document.createElement("div");
  box.dataset.fault = "";
  box.tabIndex = -1;
  box.append(...new DOMParser().parseFromString(html, "text/html").body.children);
  if (!box.firstElementChild) return;
  const words = box.textContent?.trim() ?? "";
  if (!box.querySelector("[role=alert]")) box.setAttribute("role", "alert");
  const heading = place.matches("form") ? null : place.querySelector("h1");
  if (heading) heading.after(box);
  else place.prepend(box);
  const name = box.querySelector("[data-where]")?.getAttribute("data-where");
  // The blanks of a letter travel under a prefix (see web/pane/letters.py).
  const field = name ? place.querySelector(`[name="${CSS.escape(name)}"], [name="b-${CSS.escape(name)}"]`) : null;
  if (field instanceof HTMLElement) {
    box.id = "fault";
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} fault`.trim());
    const closed = field.closest("details:not([open])");
    if (closed instanceof HTMLDetailsElement) closed.open = true;
    field.focus();
    box.scrollIntoView({ block: "nearest" });
  } else {
    box.focus();
  }
  announce(words);
}
