/** The chart: filter what is shown, and look closer at the drawing with buttons or keys. */

import { bring } from "./views.js";
import { announce } from "./words.js";

/**
 * Hide what does not hold the words typed. Accents and capitals do not count.
 *
 * @param {HTMLInputElement} field its `data-filter` is the selector of the items
 */
export function filter(field) {
  const plain = (/** @type {string} */ text) =>
    text
      .normalize("NFD")
      .replace(/\p{Diacritic}/gu, "")
      .toLowerCase();
  const wanted = plain(field.value).split(/\s+/).filter(Boolean);
  let seen = 0;
  for (const item of document.querySelectorAll(field.dataset.filter ?? "")) {
    const words = plain(item.getAttribute("data-words") ?? item.textContent ?? "");
    const kept = wanted.every((word) => words.includes(word));
    item.toggleAttribute("hidden", !kept);
    item.classList.toggle("out", !kept);
    if (kept) seen += 1;
  }
  const count = document.getElementById(field.getAttribute("aria-describedby") ?? "");
  if (count) count.textContent = seen > 1 ? `${seen} éléments affichés` : `${seen} élément affiché`;
}

const SCALES = [0, 50, 75, 100, 150, 200];
let place = 0;

/** @param {HTMLElement} button its `data-value` is in, out or all */
export function zoom(button) {
  const drawing = document.getElementById("drawing");
  const svg = drawing?.querySelector("svg");
  if (!drawing || !svg) return;
  const step = { in: 1, out: -1, all: 0 }[button.dataset.value ?? "all"] ?? 0;
  place = step === 0 ? 0 : Math.min(SCALES.length - 1, Math.max(0, (place || 2) + step));
  const scale = SCALES[place] ?? 0;
  const [, , width = 0, height = 0] = (svg.getAttribute("viewBox") ?? "").split(/\s+/).map(Number);
  drawing.classList.toggle("x1", scale > 0);
  if (scale > 0) {
    svg.setAttribute("width", String((width * scale) / 100));
    svg.setAttribute("height", String((height * scale) / 100));
  } else {
    svg.removeAttribute("width");
    svg.removeAttribute("height");
  }
  announce(scale > 0 ? `Dessin à ${scale} %` : "Dessin entier");
}

/**
 * Open the history of what a box of the drawing shows.
 *
 * @param {Element} box
 */
async function openHistory(box) {
  const kind = box.getAttribute("data-kind") === "contact" ? "contacts" : "datasets";
  await bring(`/pane/views/chart/${kind}/${encodeURIComponent(box.getAttribute("data-id") ?? "")}?panel=1`, "#panel");
  const title = document.querySelector("#panel [data-panel-title]");
  if (title instanceof HTMLElement) title.focus();
}

/** Let the boxes of the drawing be opened with the pointer and with the keyboard. */
export function watchDrawing() {
  /** @param {Event} event */
  const boxOf = (event) => (event.target instanceof Element ? event.target.closest("#drawing [data-kind]") : null);
  document.addEventListener("click", (event) => {
    const box = boxOf(event);
    if (box) void openHistory(box);
  });
  document.addEventListener("keydown", (event) => {
    const box = boxOf(event);
    if (!box || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    void openHistory(box);
  });
}
