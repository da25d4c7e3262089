// Modals: the topmost of the stack, as a dialog.

import { blocks } from "./blocks.js";
import { announce, h, iconButton } from "./dom.js";
import { act, ask, state } from "./store.js";

export class Modal {
  constructor() {
    this.dialog = null;
    this.view = null;
  }

  async show() {
    const { modals } = await ask("views", { user: state.user });
    const top = modals.at(-1);
    if (!top) return this.remove();
    if (this.view?.hash === top.hash && this.view.id === top.id) return;
    this.draw(top, modals.length);
  }

  remove() {
    this.view = null;
    this.dialog?.close();
    this.dialog?.remove();
    this.dialog = null;
    this.before?.isConnected && this.before.focus();
    this.before = null;
  }

  draw(view, depth) {
    const again = this.view?.id === view.id;
    const typed = again ? this.values() : {};
    this.before ??= document.activeElement;
    this.view = view;
    this.fields = [];
    this.failure = h("p.dialog-error", { role: "alert", hidden: true });
    const use = (block, element, choice) => this.press(block, element, choice);
    const body = h("div.dialog-body", {}, this.failure, blocks(view.blocks, use, this.fields, overlay(view, typed)));
    const close = () => act("close");
    const submit = view.submit ? h("button.button.primary", { type: "submit", disabled: view.submit_disabled }, view.submit.text) : null;
    const cancel = h("button.button", { type: "button", onclick: close }, view.close?.text ?? (depth > 1 ? "Back" : "Cancel"));
    const head = h("header.dialog-head", {}, h("h2", { id: "modal-title" }, view.title.text), iconButton("close", "Close form", close));
    this.form = h("form", { novalidate: true }, head, body, h("div.dialog-foot", {}, cancel, submit));
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.open();
    this.dialog.replaceChildren(this.form);
    const first = this.fields[0]?.node ?? submit ?? cancel;
    (first.matches?.("input,select,textarea,button") ? first : first.querySelector("input") ?? cancel).focus();
  }

  open() {
    if (this.dialog) return;
    this.dialog = h("dialog.dialog", { "aria-labelledby": "modal-title" });
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      act("close");
    });
    document.body.append(this.dialog);
    this.dialog.showModal();
  }

  values() {
    return Object.fromEntries((this.fields ?? []).map(({ element, read }) => [element.action_id, read()]));
  }

  async press(block, element, choice) {
    const about = { view_id: this.view.id, block_id: block.block_id, action_id: element.action_id, choice, values: this.values() };
    const answer = await act("press", about);
    if (answer.failure) this.fail(answer.failure);
  }

  async submit(event) {
    event.preventDefault();
    const button = this.form.querySelector("[type=submit]");
    button.classList.add("busy");
    const answer = await act("submit", { view_id: this.view.id, values: this.values() });
    button.classList.remove("busy");
    this.fail(answer.failure ?? "");
    this.mark(answer.errors ?? {});
  }

  fail(text) {
    this.failure.textContent = text;
    this.failure.hidden = !text;
  }

  mark(errors) {
    let first = null;
    for (const { block, node } of this.fields) {
      const line = document.getElementById(`f-${block.block_id}-${block.element?.action_id}-error`);
      if (!line) continue;
      const said = errors[block.block_id] ?? "";
      line.textContent = said;
      line.hidden = !said;
      node.setAttribute("aria-invalid", String(Boolean(said)));
      node.setAttribute("aria-describedby", line.id);
      if (said && !first) first = node;
    }
    first?.focus();
    if (first) announce("The form has errors.");
  }
}

// What was typed stays in the fields that an updated form still has.
function overlay(view, typed) {
  const values = structuredClone(view.state.values);
  for (const fields of Object.values(values)) {
    for (const [action, entry] of Object.entries(fields)) {
      if (typeof typed[action] === "string" && "value" in entry) entry.value = typed[action];
    }
  }
  return values;
}
