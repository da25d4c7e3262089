// Interactive elements: what a person presses, picks and types into.

import { confirmed } from "./confirm.js";
import { h, iconButton, menu } from "./dom.js";
import { channelTitle, person, state } from "./store.js";

const TYPED = { url_text_input: "url", email_text_input: "email", number_input: "text", datepicker: "date", timepicker: "time" };

export function isControl(element) {
  return element.type in MAKERS;
}

// Returns {node, read, group}: read() is the choice as the workspace takes it; group means it needs a legend.
export function control(block, element, about) {
  return MAKERS[element.type](block, element, about);
}

function fire(block, element, about, choice, node) {
  if (!about.use) return;
  confirmed(element.confirm).then((yes) => yes && about.use(block, element, choice, node));
}

function button(block, element, about) {
  const style = element.style ? `.${element.style}` : "";
  const label = element.accessibility_label ?? undefined;
  const props = { type: "button", "aria-label": label, "data-action": element.action_id };
  const node = h(`button.button${style}`, props, element.text.text);
  node.addEventListener("click", () => {
    if (/^https?:/.test(element.url ?? "")) open(element.url, "_blank", "noopener,noreferrer");
    fire(block, element, about, null, node);
  });
  return { node };
}

function overflow(block, element, about) {
  const node = iconButton("more", "More actions", () => {
    menu(node, element.options.map((option) => [option.text.text, () => fire(block, element, about, option.value, node)]));
  }, { "aria-haspopup": "menu", "data-action": element.action_id });
  return { node };
}

function pick(options) {
  return (block, element, about) => {
    const groups = options(element);
    const node = h("select", { id: about.id, "data-action": element.action_id, "aria-label": about.label ?? placeholder(element, "Choose an option") });
    node.append(h("option", { value: "" }, placeholder(element, "Choose…")));
    for (const [label, entries] of groups) {
      const made = entries.map(([value, text]) => h("option", { value }, text));
      node.append(...(label ? [h("optgroup", { label }, made)] : made));
    }
    node.value = chosen(about.value) ?? "";
    node.addEventListener("change", () => node.value && fire(block, element, about, node.value, node));
    return { node, read: () => node.value || null };
  };
}

function chosen(value) {
  return value?.selected_option?.value ?? value?.selected_user ?? value?.selected_conversation ?? value?.selected_channel;
}

function chosenMany(value) {
  const many = value?.selected_options?.map((option) => option.value);
  return many ?? value?.selected_users ?? value?.selected_conversations ?? value?.selected_channels ?? [];
}

function placeholder(element, otherwise) {
  return element.placeholder?.text ?? otherwise;
}

function boxes(kind, options) {
  return (block, element, about) => {
    const name = `b-${block.block_id}-${element.action_id}`;
    const before = kind === "radio" ? [chosen(about.value)] : chosenMany(about.value);
    const node = h("div.boxes", { id: about.id, role: kind === "radio" ? "radiogroup" : "group", "data-action": element.action_id });
    for (const [value, text, description] of options(element).flatMap(([, entries]) => entries)) {
      const box = h("input", { type: kind, name, value, checked: before.includes(value) });
      node.append(h("label.box", {}, box, h("span", {}, text, description ? h("small", {}, description) : null)));
    }
    const all = () => [...node.querySelectorAll("input:checked")].map((box) => box.value);
    const read = () => (kind === "radio" ? (all()[0] ?? null) : all());
    node.addEventListener("change", () => fire(block, element, about, read(), node));
    return { node, read, group: true };
  };
}

function text(block, element, about) {
  const kind = TYPED[element.type] ?? "text";
  const props = { id: about.id, "data-action": element.action_id, "aria-label": about.id ? undefined : placeholder(element, "Text"), autocomplete: "off" };
  const node = element.multiline ? h("textarea", { ...props, rows: "4" }) : h("input", { ...props, type: kind });
  if (element.placeholder) node.setAttribute("placeholder", element.placeholder.text);
  node.value = about.value?.value ?? about.value?.selected_date ?? about.value?.selected_time ?? "";
  node.addEventListener("change", () => fire(block, element, about, node.value, node));
  return { node, read: () => node.value || null };
}

function moment(block, element, about) {
  const node = h("input", { id: about.id, type: "datetime-local", "data-action": element.action_id, "aria-label": about.label ?? "Date and time" });
  const read = () => (node.value ? Math.floor(new Date(node.value).valueOf() / 1000) : null);
  node.addEventListener("change", () => fire(block, element, about, read(), node));
  return { node, read };
}

function declared(element) {
  const entry = (option) => [option.value, option.text.text, option.description?.text];
  if (element.option_groups) return element.option_groups.map((group) => [group.label.text, group.options.map(entry)]);
  return [["", element.options.map(entry)]];
}

function people() {
  return [["", state.start.people.map((id) => [id, person(id).real_name])]];
}

function conversations(element) {
  const kinds = element.filter?.include ?? ["public", "private", "im"];
  const of = { channel: "public", group: "private", im: "im" };
  const seen = state.channels.filter((channel) => !channel.is_archived && kinds.includes(of[channel.kind]));
  return [["", seen.map((channel) => [channel.id, `${channel.kind === "im" ? "" : "#"}${channelTitle(channel)}`])]];
}

const MAKERS = {
  button,
  overflow,
  static_select: pick(declared),
  users_select: pick(people),
  conversations_select: pick(conversations),
  channels_select: pick(() => conversations({ filter: { include: ["public"] } })),
  radio_buttons: boxes("radio", declared),
  checkboxes: boxes("checkbox", declared),
  plain_text_input: text,
  url_text_input: text,
  email_text_input: text,
  number_input: text,
  datepicker: text,
  timepicker: text,
  datetimepicker: moment,
};
for (const [name, options] of Object.entries({ static_select: declared, users_select: people, conversations_select: conversations })) {
  MAKERS[`multi_${name}`] = boxes("checkbox", options);
}
MAKERS.multi_channels_select = boxes("checkbox", () => conversations({ filter: { include: ["public"] } }));

