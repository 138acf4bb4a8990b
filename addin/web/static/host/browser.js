/** The plain browser as a host: the clipboard stands for the mail being written, a download for joining a file. */

import { announce } from "../words.js";

/**
 * Copy through the copy event. The asynchronous clipboard comes second: it cleans the HTML under the page's own content
 * policy, which refuses the inline styles that a mail needs.
 *
 * @param {import("./host.js").Mail} mail
 * @returns {boolean} whether the browser let it
 */
function copyBothForms(mail) {
  /** @param {ClipboardEvent} event */
  const fill = (event) => {
    event.preventDefault();
    event.clipboardData?.setData("text/html", mail.html);
    event.clipboardData?.setData("text/plain", mail.text);
  };
  const selection = document.getSelection();
  // Some browsers copy only where something is selected.
  if (selection?.isCollapsed) selection.selectAllChildren(document.body);
  document.addEventListener("copy", fill);
  const done = document.execCommand("copy");
  document.removeEventListener("copy", fill);
  selection?.removeAllRanges();
  return done;
}

/** @type {import("./host.js").Host} */
export const host = {
  capabilities: {
    insert: true,
    setSubject: false,
    addRecipients: false,
    attach: false,
    currentMessage: false,
    address: true,
  },

  async insert(mail) {
    if (copyBothForms(mail)) return;
    await navigator.clipboard.write([
      new ClipboardItem({
        "text/html": new Blob([mail.html], { type: "text/html" }),
        "text/plain": new Blob([mail.text], { type: "text/plain" }),
      }),
    ]);
  },

  async setSubject(subject) {
    await navigator.clipboard.writeText(subject);
  },

  async addRecipients(addresses) {
    await navigator.clipboard.writeText(addresses.join(", "));
  },

  async attach(file) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = file.name;
    link.click();
    // The browser reads the address after the click returns.
    setTimeout(() => URL.revokeObjectURL(link.href), 30_000);
  },

  async currentMessage() {
    return null;
  },

  onItemChanged() {},

  notify(words) {
    announce(words);
  },
};
