// What is offered while a command, a name or a channel is being typed.

import { h } from "./dom.js";
import { state } from "./store.js";

export class Suggestions {
  constructor(box, list, inThread) {
    this.box = box;
    this.list = list;
    this.inThread = inThread;
    this.close();
  }

  close() {
    this.entries = [];
    this.active = 0;
    this.draw();
  }

  update() {
    this.entries = matches(this.box.value.slice(0, this.box.selectionStart), this.inThread);
    this.active = 0;
    this.draw();
  }

  draw() {
    const { box, list, entries, active } = this;
    list.replaceChildren(...entries.map((entry, index) => this.option(entry, index)));
    list.hidden = !entries.length;
    box.setAttribute("aria-expanded", String(entries.length > 0));
    if (entries.length) box.setAttribute("aria-activedescendant", `${list.id}-${active}`);
    else box.removeAttribute("aria-activedescendant");
  }

  option(entry, index) {
    const props = { role: "option", id: `${this.list.id}-${index}`, "aria-selected": String(index === this.active) };
    const node = h("li", props, h("strong", {}, entry.insert), h("span", {}, entry.hint));
    node.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.take(index);
    });
    return node;
  }

  take(index) {
    const { box } = this;
    const { insert, from } = this.entries[index];
    const after = box.value.slice(box.selectionStart);
    const end = from + insert.length + 1;
    box.value = `${box.value.slice(0, from)}${insert} ${after}`;
    box.setSelectionRange(end, end);
    this.close();
    box.dispatchEvent(new Event("input"));
    box.focus();
  }

  // True when the key was for the suggestions.
  key(event) {
    const count = this.entries.length;
    if (!count) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.active = (this.active + step + count) % count;
    else if (event.key === "Tab" || event.key === "Enter") this.take(this.active);
    else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    if (step) this.draw();
    return true;
  }
}

function matches(before, inThread) {
  if (/^\/[\w-]*$/.test(before)) return inThread ? [] : commands(before);
  const sign = /(^|\s)([@#])([^@#\n]{0,24})$/.exec(before);
  if (!sign) return [];
  const wanted = sign[3].toLowerCase();
  const from = before.length - sign[3].length - 1;
  const fitting = (sign[2] === "@" ? people() : channels()).filter(([name]) => name.toLowerCase().startsWith(wanted) && name.toLowerCase() !== wanted);
  return fitting.slice(0, 6).map(([name, hint]) => ({ insert: `${sign[2]}${name}`, hint, from }));
}

function commands(before) {
  const fitting = state.start.commands.filter(({ command }) => command.startsWith(before.toLowerCase()) && command !== before);
  return fitting.map(({ command, usage_hint: usage, description }) => ({ insert: command, hint: [usage, description].filter(Boolean).join(" — "), from: 0 }));
}

function people() {
  const first = state.users.get(state.start.bot_user_id);
  const rest = state.start.people.map((id) => state.users.get(id));
  return [first, ...rest].map((user) => [user.real_name, user.id === first.id ? "App" : user.profile.title]);
}

function channels() {
  return state.channels.filter((channel) => channel.kind !== "im").map((channel) => [channel.name, channel.topic]);
}
