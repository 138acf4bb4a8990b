/** The door to the server: the key of this installation, kept in memory and read from the page's own address. */

import { part } from "./words.js";

/** @type {string} */
let key = new URLSearchParams(location.hash.slice(1)).get("token") ?? "";

/** Give the key, or an empty text. */
export function currentKey() {
  return key;
}

/**
 * Show or hide the small form that asks for the key. Nothing of the view behind it is lost.
 *
 * @param {boolean} wanted
 */
export function askKey(wanted) {
  const form = part("key");
  if (wanted === !form.hidden) return;
  form.hidden = !wanted;
  part("main").hidden = wanted;
  if (wanted) part("key-input").focus();
}

/**
 * Listen to the form that asks for the key.
 *
 * @param {() => void} then what to do once there is one
 */
export function listenForKey(then) {
  part("key").addEventListener("submit", (event) => {
    event.preventDefault();
    const input = /** @type {HTMLInputElement} */ (part("key-input"));
    // A whole address pasted from the terminal is as good as the key alone.
    key =
      input.value
        .trim()
        .replace(/^.*#token=/, "")
        .split("&")[0] ?? "";
    if (!key) return;
    input.value = "";
    askKey(false);
    then();
  });
}

/** What the server refused, with the words to show. */
export class Refused extends Error {
  /**
   * @param {number} status
   * @param {string} html
   */
  constructor(status, html) {
    super(`refused: ${status}`);
    this.status = status;
    this.html = html;
  }
}

/**
 * Call the server with the key. Throw Refused when it says no, TypeError when it does not answer.
 *
 * @param {string} path
 * @param {FormData | undefined} form sent by POST when given
 * @returns {Promise<Response>}
 */
export async function call(path, form = undefined) {
  const response = await fetch(path, {
    method: form ? "POST" : "GET",
    body: form,
    headers: { Authorization: `Bearer ${key}`, "HX-Request": "true" },
    credentials: "omit",
  });
  if (response.status === 401) askKey(true);
  if (!response.ok) throw new Refused(response.status, await response.text());
  return response;
}

/**
 * Bring a file of the server, with the name that it gives it.
 *
 * @param {string} path
 * @param {FormData | undefined} form
 * @returns {Promise<{file: File, headers: Headers}>}
 */
export async function bringFile(path, form = undefined) {
  const response = await call(path, form);
  const disposition = response.headers.get("Content-Disposition") ?? "";
  const coded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  const plain = /filename="?([^";]+)"?/i.exec(disposition)?.[1];
  const name = coded ? decodeURIComponent(coded) : (plain ?? path.split("/").pop()?.split("?")[0] ?? "fichier");
  const type = response.headers.get("Content-Type") ?? "application/octet-stream";
  return { file: new File([await response.blob()], name, { type }), headers: response.headers };
}
