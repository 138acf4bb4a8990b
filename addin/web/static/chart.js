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

/** Sizes of the drawing, in percent of its own pixels. */
const SCALES = [25, 50, 75, 100, 150, 200, 300];

/**
 * Show the drawing one size larger or smaller than it stands now, or whole.
 *
 * @param {HTMLElement} button its `data-value` is in, out or all
 */
export function zoom(button) {
  const drawing = document.getElementById("drawing");
  const svg = drawing?.querySelector("svg");
  if (!drawing || !svg) return;
  const [, , width = 1, height = 1] = (svg.getAttribute("viewBox") ?? "").split(/\s+/).map(Number);
  const now = (svg.getBoundingClientRect().width / width) * 100;
  const larger = SCALES.find((scale) => scale > now * 1.05) ?? SCALES[SCALES.length - 1];
  const smaller = [...SCALES].reverse().find((scale) => scale < now * 0.95) ?? SCALES[0];
  const scale = { in: larger, out: smaller }[button.dataset.value ?? ""];
  drawing.classList.toggle("scaled", scale !== undefined);
  if (scale === undefined) {
    svg.removeAttribute("width");
    svg.removeAttribute("height");
    announce("Dessin entier");
  } else {
    svg.setAttribute("width", String((width * scale) / 100));
    svg.setAttribute("height", String((height * scale) / 100));
    announce(`Dessin à ${scale}\u00a0%`);
  }
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
