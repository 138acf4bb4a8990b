/**
 * What the pane asks of the program it lives in. One file per program implements it; the rest of the pane
 * never says which program that is. The page's `?host=` chooses the file, nothing is sniffed.
 *
 * @typedef {object} Mail A letter ready to be put somewhere.
 * @property {string} subject
 * @property {string} text What a plain-text mail shows.
 * @property {string} html One `<div lang="fr">` with its styles inline.
 * @property {string[]} to Addresses, maybe none.
 *
 * @typedef {object} Capabilities What this host can do; the pane hides the rest.
 * @property {boolean} insert Put a letter where the person writes (a copy to paste counts).
 * @property {boolean} setSubject
 * @property {boolean} addRecipients
 * @property {boolean} attach Join a file to the mail being written; otherwise the file is downloaded.
 * @property {boolean} currentMessage Tell which mail is open.
 * @property {boolean} address Remember the view in the page's own address.
 *
 * @typedef {object} Host
 * @property {Capabilities} capabilities
 * @property {(mail: Mail) => Promise<void>} insert
 * @property {(subject: string) => Promise<void>} setSubject
 * @property {(addresses: string[]) => Promise<void>} addRecipients
 * @property {(file: File) => Promise<void>} attach
 * @property {() => Promise<Blob | null>} currentMessage The raw mail that is open, or null.
 * @property {(listener: () => void) => void} onItemChanged
 * @property {(words: string) => void} notify
 */

/**
 * Bring the host that the page names.
 *
 * @param {string} name the `?host=` of the page
 * @returns {Promise<Host>}
 */
export async function bringHost(name) {
  const makers = { browser: () => import("./browser.js") };
  const maker = Object.hasOwn(makers, name) ? makers[/** @type {keyof typeof makers} */ (name)] : makers.browser;
  return (await maker()).host;
}
