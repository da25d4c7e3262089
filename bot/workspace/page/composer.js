// The message box: commands, mentions, and what is suggested while typing.

import { announce, h, icon } from "./dom.js";
import { act, state } from "./store.js";

const drafts = new Map();

export function composer({ channel, thread, onSent }) {
  const id = thread ? "composer-thread" : "composer";
  const name = channel.kind === "im" ? state.start.app.name : `#${channel.name}`;
  const hint = thread ? "Reply…" : `Message ${name}`;
  const box = h("textarea", {
    id, rows: "1", placeholder: hint, "aria-label": hint, role: "combobox", "aria-autocomplete": "list",
    "aria-expanded": "false", "aria-controls": `${id}-list`, autocomplete: "off", spellcheck: "true", enterkeyhint: "send",
  });
  const list = h("ul.suggestions", { id: `${id}-list`, role: "listbox", "aria-label": "Suggestions", hidden: true });
  const send = h("button.send", { type: "submit", "aria-label": "Send", title: "Send" }, icon("send"));
  const note = h("p.composer-note", { role: "status" });
  const form = h("form.composer", {}, list, h("div.composer-box", {}, box, send), note);
  const key = `${state.user}/${channel.id}/${thread ?? ""}`;
  box.value = drafts.get(key) ?? "";
  const suggest = suggestions(box, list, Boolean(thread));
  const resize = () => {
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 180)}px`;
    send.disabled = !box.value.trim();
    drafts.set(key, box.value);
  };
  box.addEventListener("input", () => {
    resize();
    suggest.update();
  });
  box.addEventListener("keydown", (event) => {
    if (suggest.key(event) || event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  box.addEventListener("blur", () => setTimeout(suggest.close, 150));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = box.value.trim();
    if (!text) return;
    box.value = "";
    suggest.close();
    resize();
    await deliver(text, { channel, thread, note, onSent });
  });
  queueMicrotask(resize);
  return Object.assign(form, { fill: (text) => { box.value = text; resize(); box.focus(); }, focusBox: () => box.focus({ preventScroll: true }) });
}

async function deliver(text, { channel, thread, note, onSent }) {
  const command = /^(\/[a-z0-9_-]+)(?:\s+([\s\S]*))?$/i.exec(text);
  if (command && thread) return tell(note, `${command[1]} is not supported in threads. Sorry!`);
  if (command) note.replaceChildren(h("span.spinner"), `${command[1]} is being answered…`);
  else tell(note, "");
  const body = { channel: channel.id, thread_ts: thread ?? undefined };
  const answer = command
    ? await act("slash", { ...body, command: command[1].toLowerCase(), text: command[2] ?? "" })
    : await act("say", { ...body, text });
  tell(note, answer.failure && (!command || /[. ]/.test(answer.failure)) ? answer.failure : "");
  onSent();
}

function tell(note, text) {
  note.textContent = text;
  if (text) announce(text);
}

function suggestions(box, list, inThread) {
  let entries = [];
  let active = 0;
  const close = () => {
    entries = [];
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const show = () => {
    list.replaceChildren(...entries.map((entry, index) => option(entry, index, index === active, () => take(index))));
    list.hidden = !entries.length;
    box.setAttribute("aria-expanded", String(entries.length > 0));
    if (entries.length) box.setAttribute("aria-activedescendant", `${list.id}-${active}`);
    else box.removeAttribute("aria-activedescendant");
  };
  const take = (index) => {
    const { insert, from } = entries[index];
    const after = box.value.slice(box.selectionStart);
    box.value = `${box.value.slice(0, from)}${insert} ${after}`;
    const end = from + insert.length + 1;
    box.setSelectionRange(end, end);
    close();
    box.dispatchEvent(new Event("input"));
    box.focus();
  };
  const update = () => {
    entries = matches(box.value.slice(0, box.selectionStart), inThread);
    active = 0;
    show();
  };
  const key = (event) => {
    if (!entries.length) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) active = (active + step + entries.length) % entries.length;
    else if (event.key === "Tab" || event.key === "Enter") take(active);
    else if (event.key === "Escape") close();
    else return false;
    event.preventDefault();
    if (step) show();
    return true;
  };
  return { update, key, close };
}

function option(entry, index, selected, take) {
  const node = h("li", { role: "option", id: `${entry.list}-${index}`, "aria-selected": String(selected) }, h("strong", {}, entry.insert), h("span", {}, entry.hint));
  node.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    take();
  });
  return node;
}

function matches(before, inThread) {
  const list = inThread ? "composer-thread-list" : "composer-list";
  const command = /^\/[\w-]*$/.exec(before);
  if (command && !inThread) {
    const fitting = state.start.commands.filter((known) => known.command.startsWith(command[0].toLowerCase()) && known.command !== before.trimEnd());
    return fitting.map((known) => ({ list, insert: known.command, hint: `${known.usage_hint} — ${known.description}`, from: 0 }));
  }
  const sign = /(^|\s)([@#])([^@#\n]{0,24})$/.exec(before);
  if (!sign) return [];
  const wanted = sign[3].toLowerCase();
  const from = before.length - sign[3].length - 1;
  const known = sign[2] === "@" ? people() : state.channels.filter((channel) => channel.kind !== "im").map((channel) => [channel.name, channel.topic]);
  const fitting = known.filter(([name]) => name.toLowerCase().startsWith(wanted) && name.toLowerCase() !== wanted);
  return fitting.slice(0, 6).map(([name, hint]) => ({ list, insert: `${sign[2]}${name}`, hint, from }));
}

function people() {
  const first = state.users.get(state.start.bot_user_id);
  const rest = state.start.people.map((id) => state.users.get(id));
  return [first, ...rest].map((user) => [user.real_name, user.id === first.id ? "App" : user.profile.title]);
}
