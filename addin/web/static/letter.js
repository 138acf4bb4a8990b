/** A letter leaves the pane: copied with its form and its plain text, opened as a draft, or written in the mail program. */

import { bringFile } from "./door.js";
import { bring } from "./views.js";
import { announce } from "./words.js";

/** Many mail programs cut a `mailto:` address past this length (in characters, once coded). */
const LONGEST = 1900;
/** After this (in milliseconds) the sheet is taken as it is; the server's refusal, if any, is on the form. */
const LONGEST_WAIT = 4000;

/**
 * Read the letter that is shown. It is ready when no blank remains.
 *
 * @returns {{form: HTMLFormElement, mail: import("./host/host.js").Mail, ready: boolean}}
 */
function letterOf() {
  const form = /** @type {HTMLFormElement} */ (document.getElementById("letter"));
  const sheet = /** @type {HTMLElement} */ (document.getElementById("sheet"));
  const { subject = "", text = "", html = "", to = "" } = sheet.dataset;
  const ready = document.getElementById("remaining") === null;
  return { form, mail: { subject, text, html, to: to ? to.split(",") : [] }, ready };
}

/** Say why a letter cannot leave, and bring the person to the first blank that remains. */
function showBlanks() {
  const reason = document.getElementById("remaining");
  if (reason) announce(reason.textContent?.trim() ?? "");
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("[data-missing]"));
  const field = [...fields].find((one) => !one.value.trim()) ?? fields[0];
  field?.focus();
}

/**
 * Wait for the sheet to say what the fields say: a click may come right after a field was changed.
 *
 * @returns {Promise<void>}
 */
function fresh() {
  const form = document.getElementById("letter");
  if (!(form instanceof HTMLFormElement) || !("dirty" in form.dataset)) return Promise.resolve();
  return new Promise((resolve) => {
    document.addEventListener("antiseche:fresh", () => resolve(), { once: true });
    setTimeout(resolve, LONGEST_WAIT);
    if (!("sending" in form.dataset)) form.requestSubmit();
  });
}

/** Mark the sheet as older than the fields, until the server has written it anew. */
export function watchLetter() {
  document.addEventListener("input", (event) => {
    const form = event.target instanceof Element ? event.target.closest("#letter") : null;
    if (form instanceof HTMLElement) form.dataset.dirty = "";
  });
  document.addEventListener("htmx:after:swap", () => {
    const form = document.getElementById("letter");
    if (form && "dirty" in form.dataset) delete form.dataset.dirty;
    document.dispatchEvent(new Event("antiseche:fresh"));
  });
}

/**
 * Note the letter as prepared, then ask whether it left.
 *
 * @param {HTMLFormElement} form
 * @param {string} way
 */
async function note(form, way) {
  const values = new FormData(form);
  values.set("way", way);
  const { file, headers } = await bringFile("/pane/letters/prepare", values);
  const message = encodeURIComponent(headers.get("X-Message") ?? "");
  const asked = new URLSearchParams({ way, due: headers.get("X-Due") ?? "" });
  await bring(`/pane/views/letters/prepared/${message}?${asked}`, "#after");
  document.getElementById("after")?.scrollIntoView({ block: "nearest" });
  return file;
}

/** @param {import("./host/host.js").Host} host */
export async function copyLetter(host) {
  await fresh();
  const { form, mail, ready } = letterOf();
  if (!ready) return showBlanks();
  // First the copy, while the browser still counts this as the person's own gesture.
  await host.insert(mail);
  await note(form, "copy");
  announce("Courrier copié. Collez-le dans un nouveau message.");
}

/** @param {import("./host/host.js").Host} host */
export async function openDraft(host) {
  await fresh();
  const { form, ready } = letterOf();
  if (!ready) return showBlanks();
  const file = await note(form, "eml");
  await host.attach(file);
  announce("Brouillon téléchargé. Ouvrez-le\u00a0: votre messagerie le présente prêt à envoyer.");
}

/** Pass the letter to the mail program of this computer, unless it is too long for that. */
export async function writeMail() {
  await fresh();
  const { form, mail, ready } = letterOf();
  if (!ready) return showBlanks();
  const parts = [
    `subject=${encodeURIComponent(mail.subject)}`,
    `body=${encodeURIComponent(mail.text.replace(/\r?\n/g, "\r\n"))}`,
  ];
  const address = `mailto:${mail.to.map(encodeURIComponent).join(",")}?${parts.join("&")}`;
  await note(form, "mailto");
  const long = document.querySelector("#after [data-long]");
  if (address.length > LONGEST && long instanceof HTMLElement) {
    long.hidden = false;
    announce(long.textContent?.trim() ?? "");
    return;
  }
  const link = document.createElement("a");
  link.href = address;
  link.click();
}
