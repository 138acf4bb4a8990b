/** Views: what htmx brings into the page, and what follows: title, focus, words, the column that is lit. */

import { askKey, currentKey } from "./door.js";
import { announce, clearFaults, part, showFault } from "./words.js";

/**
 * @typedef {object} Exchange The part of htmx's request context that is used here (htmx 4, `event.detail.ctx`).
 * @property {HTMLElement} sourceElement
 * @property {Element | undefined} target
 * @property {string} text
 * @property {{action: string, method: string, headers: Record<string, string>, form?: HTMLFormElement | null}} request
 * @property {{status: number}} [response]
 */

const { htmx } =
  /** @type {{htmx: {ajax(verb: string, path: string, options: object): Promise<void>, process(place: Element): void}}} */ (
    /** @type {unknown} */ (window)
  );

/** @type {Exchange | null} the latest request for the main view: an older one that comes late is dropped */
let latest = null;
/** @type {(() => void) | null} what to try again once the server answers */
let again = null;
let working = 0;
let remembers = false;
let begun = false;
/** The address of the view shown, so that our own change of the page's address is not taken for a step back. */
let shown = "";

/** @param {Event} event @returns {Exchange | undefined} */
const exchange = (event) => /** @type {CustomEvent} */ (event).detail?.ctx;

/**
 * Show a view in the main part.
 *
 * @param {string} path
 */
export function show(path) {
  return htmx.ajax("GET", path, { source: "#main", target: "#main", swap: "innerHTML" });
}

/**
 * Bring a fragment into a place of the view.
 *
 * @param {string} path
 * @param {string} target a selector
 */
export function bring(path, target) {
  return htmx.ajax("GET", path, { source: "#main", target, swap: "innerHTML" });
}

/** @param {number} step */
function work(step) {
  working = Math.max(0, working + step);
  document.body.classList.toggle("working", working > 0);
  part("main").setAttribute("aria-busy", String(working > 0));
}

/** Follow what is in the page now: light its column, say its words, put the focus on its heading. */
function settle() {
  const main = part("main");
  const view = /** @type {HTMLElement | null} */ (main.querySelector("[data-view]"));
  if (!view) return;
  const { column = "", view: path = "", place = "" } = view.dataset;
  for (const tab of document.querySelectorAll("[data-tab]")) {
    if (tab.getAttribute("data-tab") === column) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
  // The rest of the columns folds away again; "Plus" stays lit when one of them is shown.
  const more = document.querySelector(".tabs.more");
  more?.classList.remove("open");
  const opener = document.querySelector(".opener");
  opener?.setAttribute("aria-expanded", "false");
  opener?.classList.toggle("lit", Boolean(more?.querySelector("[aria-current]")));
  document.body.dataset.shown = column;
  const where = document.getElementById("place");
  if (where) where.textContent = place;
  const heading = main.querySelector("[data-focus]") ?? main.querySelector("h1");
  // The first view takes nobody's focus away: the pane may have opened beside a mail being written.
  if (begun && heading instanceof HTMLElement) heading.focus({ preventScroll: true });
  begun = true;
  window.scrollTo(0, 0);
  if (remembers && path && path !== shown) {
    shown = path;
    const address = new URLSearchParams({ token: currentKey(), vue: path });
    location.hash = address.toString();
  }
}

/** Say the words that a fragment carries for screen readers. @param {Element | undefined} place */
function say(place) {
  const words = place?.querySelector("[data-status]")?.getAttribute("data-status");
  if (words) announce(words);
}

/** Draw the chart beside the view anew, where it is shown. */
export function refreshBeside() {
  const beside = document.getElementById("beside");
  if (beside && getComputedStyle(beside).display !== "none" && currentKey())
    void bring("/pane/views/chart/beside", "#beside");
}

/**
 * Say that the server does not answer, and keep what to try again.
 *
 * @param {() => void} retry
 */
export function silent(retry) {
  again = retry;
  part("silent").hidden = false;
  part("retry").focus();
}

/** Wire htmx: key, busy marks, refusals kept beside what was typed, late answers dropped. @param {boolean} address */
export function wire(address) {
  remembers = address;
  document.addEventListener("htmx:config:request", (event) => {
    const ctx = exchange(event);
    if (!ctx) return;
    ctx.request.headers["Authorization"] = `Bearer ${currentKey()}`;
    // htmx sends the page's whole address, key included: the path is enough.
    ctx.request.headers["HX-Current-URL"] = location.pathname;
    if (ctx.target?.id === "main") latest = ctx;
  });
  document.addEventListener("htmx:before:request", (event) => {
    const ctx = exchange(event);
    if (ctx?.request.form) ctx.request.form.dataset.sending = "";
    work(1);
  });
  document.addEventListener("htmx:finally:request", (event) => {
    const ctx = exchange(event);
    if (ctx?.request.form) delete ctx.request.form.dataset.sending;
    work(-1);
  });
  document.addEventListener("htmx:after:request", (event) => {
    const ctx = exchange(event);
    if (!ctx?.response) return;
    part("silent").hidden = true;
    const { status } = ctx.response;
    if (status < 400) {
      if (ctx.target?.id === "main" && latest !== ctx) event.preventDefault();
      return;
    }
    event.preventDefault();
    if (status === 401) askKey(true);
    else showFault(ctx.request.form ?? part("main"), ctx.text);
  });
  document.addEventListener("htmx:after:swap", (event) => {
    const ctx = exchange(event);
    say(ctx?.target);
    if (ctx?.target?.id === "main") settle();
    else
      ctx?.target?.querySelector("[data-focus]")?.dispatchEvent(new CustomEvent("antiseche:focus", { bubbles: true }));
    if (ctx && ctx.request.method !== "GET") refreshBeside();
  });
  document.addEventListener("htmx:error", (event) => {
    const ctx = exchange(event);
    if (!ctx) return;
    const source = ctx.request.form ?? ctx.sourceElement;
    silent(() => {
      if (source instanceof HTMLFormElement && source.isConnected) source.requestSubmit();
      else if (source.id !== "main" && source.isConnected) source.click();
      else void show(ctx.request.action);
    });
  });
  part("retry").addEventListener("click", () => again?.());
  // A second click while the first is under way does nothing.
  document.addEventListener(
    "submit",
    (event) => {
      const form = /** @type {HTMLFormElement} */ (event.target);
      if ("sending" in form.dataset) {
        event.preventDefault();
        event.stopImmediatePropagation();
      } else {
        clearFaults(form);
      }
    },
    true,
  );
  window.addEventListener("hashchange", () => {
    const path = new URLSearchParams(location.hash.slice(1)).get("vue") ?? "";
    if (path.startsWith("/pane/views/") && path !== shown) {
      shown = path;
      void show(path);
    }
  });
}

/** Show the view that the page's address names, or the first one. */
export function showFirst() {
  const asked = new URLSearchParams(location.hash.slice(1)).get("vue") ?? "";
  const first = document.body.dataset.first ?? "/pane/views/today";
  void show(asked.startsWith("/pane/views/") ? asked : first).then(refreshBeside);
}
