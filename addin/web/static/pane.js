/** The pane: sign in, bring the host, show the first view. The rest is HTML from the server and htmx. */

import { filter, watchDrawing, zoom } from "./chart.js";
import { askKey, bringFile, currentKey, listenForKey, Refused } from "./door.js";
import { bringHost } from "./host/host.js";
import { copyLetter, openDraft, watchLetter, writeMail } from "./letter.js";
import { dropZones } from "./drop.js";
import { reveal, watchChoices } from "./choices.js";
import { bring, showFirst, silent, wire } from "./views.js";
import { announce, part, showFault } from "./words.js";

const host = await bringHost(document.body.dataset.host ?? "browser");

/**
 * The gestures that need more than a request of htmx. Each is named by a `data-act` in the views.
 *
 * @type {Record<string, (button: HTMLElement) => void | Promise<void>>}
 */
const gestures = {
  more(button) {
    const list = document.querySelector(".tabs.more");
    const open = list?.classList.toggle("open") ?? false;
    button.setAttribute("aria-expanded", String(open));
  },
  skip() {
    part("main").focus();
  },
  async download(button) {
    const { file } = await bringFile(button.getAttribute("href") ?? button.dataset.href ?? "");
    await host.attach(file);
    announce(`Fichier téléchargé\u00a0: ${file.name}`);
  },
  async export(button) {
    const form = button.closest("form");
    if (!form) return;
    const asked = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") asked.append(name, value);
    const { file } = await bringFile(`${form.dataset.href ?? ""}?${asked}`);
    await host.attach(file);
    announce(`Fichier téléchargé\u00a0: ${file.name}`);
  },
  copy: () => copyLetter(host),
  draft: () => openDraft(host),
  mailto: () => writeMail(),
  async "copy-words"(button) {
    await navigator.clipboard.writeText(button.dataset.words ?? "");
    announce("Copié.");
  },
  "open-wide"(button) {
    const address = new URLSearchParams({ token: currentKey() });
    window.open(`${button.getAttribute("href")}#${address}`, "_blank", "noopener");
  },
  another(button) {
    const model = /** @type {HTMLTemplateElement | null} */ (document.getElementById(button.dataset.model ?? ""));
    if (!model) return;
    const added = /** @type {DocumentFragment} */ (model.content.cloneNode(true));
    const first = added.querySelector("input, select");
    button.before(added);
    reveal(button.closest("form"));
    if (first instanceof HTMLElement) first.focus();
  },
  less(button) {
    const block = button.closest("[data-block]");
    const before = block?.parentElement?.querySelector("[data-act=another]");
    block?.remove();
    if (before instanceof HTMLElement) before.focus();
  },
  print() {
    window.print();
  },
  all(button) {
    for (const box of button.closest("fieldset")?.querySelectorAll("input[type=checkbox]") ?? []) {
      /** @type {HTMLInputElement} */ (box).checked = button.dataset.value === "1";
    }
  },
  zoom,
};

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-act]") : null;
  const gesture = button instanceof HTMLElement ? gestures[button.dataset.act ?? ""] : undefined;
  if (!(button instanceof HTMLElement) || !gesture) return;
  event.preventDefault();
  if ("doing" in button.dataset) return;
  button.dataset.doing = "";
  document.body.classList.add("working");
  Promise.resolve()
    .then(() => gesture(button))
    .catch((/** @type {unknown} */ error) => {
      if (error instanceof Refused) {
        if (error.status !== 401) showFault(button.closest("form") ?? part("main"), error.html);
      } else if (error instanceof TypeError) {
        silent(() => button.click());
      } else {
        throw error;
      }
    })
    .finally(() => {
      delete button.dataset.doing;
      document.body.classList.remove("working");
    });
});

document.addEventListener("input", (event) => {
  if (event.target instanceof HTMLInputElement && event.target.dataset.filter) filter(event.target);
});

document.addEventListener("change", (event) => {
  // A mail chosen beside the drop zone goes at once, like one dropped.
  if (event.target instanceof HTMLInputElement && "goes" in event.target.dataset) event.target.form?.requestSubmit();
});

dropZones();
watchLetter();
watchChoices();
watchDrawing();

host.onItemChanged(() => {
  if (document.querySelector("[data-column=replies]")) void bring("/pane/views/replies", "#main");
});

wire(host.capabilities.address);
listenForKey(() => (document.querySelector("[data-view]") ? undefined : showFirst()));
if (currentKey()) showFirst();
else askKey(true);
document.body.dataset.ready = "";
