// Slack's confirmation dialog.

import { h } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";

export function confirmed(about) {
  if (!about) return Promise.resolve(true);
  return new Promise((resolve) => {
    const answer = (yes) => () => {
      dialog.close();
      resolve(yes);
    };
    const go = h(`button.button.${about.style === "danger" ? "danger" : "primary"}`, { type: "button", onclick: answer(true) }, about.confirm.text);
    const stay = h("button.button", { type: "button", onclick: answer(false) }, about.deny.text);
    const text = about.text.type === "mrkdwn" ? mrkdwn(about.text.text) : [about.text.text];
    const dialog = h("dialog.dialog.small", { "aria-labelledby": "confirm-title", oncancel: answer(false) },
      h("h2", { id: "confirm-title" }, about.title.text), h("p", {}, text), h("div.dialog-foot", {}, stay, go));
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    go.focus();
  });
}
