// The message box.

import { announce, h, icon } from "./dom.js";
import { act, state } from "./store.js";
import { Suggestions } from "./suggestions.js";

const TALLEST = 180;
const drafts = new Map();

export class Composer {
  constructor({ channel, thread, onSent }) {
    Object.assign(this, { channel, thread, onSent });
    this.key = `${state.user}/${channel.id}/${thread ?? ""}`;
    this.build();
    this.suggestions = new Suggestions(this.box, this.list, Boolean(thread));
    this.box.value = drafts.get(this.key) ?? "";
    queueMicrotask(() => this.resize());
  }

  build() {
    const id = this.thread ? "composer-thread" : "composer";
    const hint = this.thread ? "Reply…" : `Message ${this.channel.kind === "im" ? state.start.app.name : `#${this.channel.name}`}`;
    this.box = h("textarea", {
      id, rows: "1", placeholder: hint, "aria-label": hint, role: "combobox", "aria-autocomplete": "list",
      "aria-controls": `${id}-list`, autocomplete: "off", spellcheck: "true", enterkeyhint: "send",
      oninput: () => this.changed(), onkeydown: (event) => this.keyed(event), onblur: () => this.suggestions.close(),
    });
    this.list = h("ul.suggestions", { id: `${id}-list`, role: "listbox", "aria-label": "Suggestions" });
    this.send = h("button.send", { type: "submit", "aria-label": "Send", title: "Send" }, icon("send"));
    this.note = h("p.composer-note", { role: "status" });
    const submit = (event) => {
      event.preventDefault();
      this.submit();
    };
    this.node = h("form.composer", { onsubmit: submit }, this.list, h("div.composer-box", {}, this.box, this.send), this.note);
  }

  changed() {
    this.resize();
    this.suggestions.update();
  }

  resize() {
    this.box.style.height = "auto";
    this.box.style.height = `${Math.min(this.box.scrollHeight, TALLEST)}px`;
    this.send.disabled = !this.box.value.trim();
    drafts.set(this.key, this.box.value);
  }

  keyed(event) {
    if (this.suggestions.key(event) || event.isComposing || event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    this.submit();
  }

  fill(text) {
    this.box.value = text;
    this.resize();
    this.box.focus();
  }

  focus() {
    this.box.focus({ preventScroll: true });
  }

  async submit() {
    const text = this.box.value.trim();
    if (!text) return;
    const command = /^(\/[a-z0-9_-]+)(?:\s+([\s\S]*))?$/i.exec(text);
    if (command && this.thread) return this.tell(`${command[1]} is not supported in threads. Sorry!`);
    this.box.value = "";
    this.suggestions.close();
    this.resize();
    const failure = command ? await this.run(command[1].toLowerCase(), command[2] ?? "") : await this.say(text);
    this.tell(failure);
    this.onSent();
  }

  async say(text) {
    const answer = await act("say", { channel: this.channel.id, thread_ts: this.thread ?? undefined, text });
    return answer.failure ?? "";
  }

  // A command that the app fails is explained by a message from Slackbot, so nothing is left to say here.
  async run(command, text) {
    this.note.replaceChildren(h("span.spinner"), `${command} is being answered…`);
    const answer = await act("slash", { channel: this.channel.id, command, text });
    return "ts" in answer ? "" : (answer.failure ?? "");
  }

  tell(text) {
    this.note.textContent = text;
    if (text) announce(text);
  }
}
