// Block Kit as nodes.

import { control, isControl } from "./controls.js";
import { h, icon } from "./dom.js";
import { emoji } from "./emoji.js";
import { markdown } from "./markdown.js";
import { mrkdwn } from "./mrkdwn.js";
import { richText } from "./richtext.js";

// `use` is what a control does when it is used; `fields` collects the inputs of a form.
export function blocks(list, use, fields = null, values = {}) {
  return list.map((block) => {
    const make = MAKERS[block.type] ?? unknown;
    return h(`div.block.block-${block.type}`, { "data-block": block.block_id }, make(block, use, fields, values));
  });
}

export function words(text) {
  return text.type === "plain_text" ? plainWords(text) : mrkdwn(text.text);
}

function plainWords(text) {
  const shown = text.emoji === false ? text.text : text.text.replace(/:([a-z0-9_+'-]+):/g, (whole, name) => emoji(name) ?? whole);
  return shown.split("\n").flatMap((line, index) => (index ? [h("br"), line] : [line]));
}

const MAKERS = {
  header: (block) => h(`h${Math.min(6, (block.level ?? 1) + 2)}.block-title`, {}, words(block.text)),
  divider: () => h("hr"),
  section,
  context: (block) => h("div.context", {}, block.elements.map((element) => (element.type === "image" ? picture(element, "small") : h("span", {}, words(element))))),
  image: (block) => h("figure", {}, block.title ? h("figcaption", {}, words(block.title)) : null, picture(block)),
  actions: (block, use, fields, values) => h("div.actions", { role: "group" }, block.elements.map((element) => held(block, element, use, fields, values))),
  input,
  markdown: (block) => h("div.markdown", {}, markdown(block.text)),
  rich_text: richText,
  table,
  card,
  alert: (block) => h(`p.alert.alert-${block.level ?? "default"}`, {}, words(block.text ?? { type: "plain_text", text: "" })),
};

function unknown(block) {
  return h("p.unknown", {}, `A ${block.type} block, which this workspace does not draw.`);
}

function section(block, use, fields, values) {
  const body = h("div.section-body", {}, block.text ? h("div.section-text", {}, words(block.text)) : null);
  if (block.fields) body.append(h("div.section-fields", {}, block.fields.map((field) => h("div", {}, words(field)))));
  return [body, block.accessory ? h("div.accessory", {}, held(block, block.accessory, use, fields, values)) : null];
}

function held(block, element, use, fields, values) {
  if (element.type === "image") return picture(element, "thumb");
  if (!isControl(element)) return h("span.unknown", {}, `${element.type}`);
  const made = control(block, element, { use, value: values[block.block_id]?.[element.action_id] });
  if (fields && made.read) fields.push({ block, element, ...made });
  return made.node;
}

function input(block, use, fields, values) {
  const id = `f-${block.block_id}-${block.element.action_id}`;
  const change = block.dispatch_action ? use : null;
  const value = values[block.block_id]?.[block.element.action_id];
  const made = control(block, block.element, { use: change, value, id, label: block.label.text, required: !block.optional });
  fields?.push({ block, element: block.element, ...made });
  const title = [words(block.label), block.optional ? h("span.optional", {}, " (optional)") : null];
  const head = made.group ? h("legend", {}, title) : h("label", { for: id }, title);
  const hint = block.hint ? h("p.hint", { id: `${id}-hint` }, words(block.hint)) : null;
  const error = h("p.field-error", { id: `${id}-error`, role: "alert", hidden: true });
  return h(made.group ? "fieldset.field" : "div.field", {}, head, made.node, hint, error);
}

function table(block) {
  const [head, ...rows] = block.rows;
  const cell = (item) => (item.type === "rich_text" ? richText(item) : item.text);
  return h("div.table-scroll", { tabindex: "0", role: "region", "aria-label": "Table" },
    h("table", {}, h("thead", {}, h("tr", {}, head.map((item) => h("th", { scope: "col" }, cell(item))))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map((item) => h("td", {}, cell(item))))))));
}

function card(block, use, fields, values) {
  const part = (name, tag) => (block[name] ? h(tag, {}, words(block[name])) : null);
  return h("div.card", {}, part("title", "strong"), part("subtitle", "p.hint"), part("body", "p"),
    h("div.actions", {}, (block.actions ?? []).map((element) => held(block, element, use, fields, values))));
}

// Nothing is loaded from the network: a picture is its description and where it lives.
function picture(element, size = "large") {
  const host = element.image_url?.startsWith("http") ? new URL(element.image_url).host : "";
  return h(`span.picture.${size}`, { role: "img", "aria-label": element.alt_text, title: element.alt_text }, icon("picture"),
    size === "large" ? h("span", {}, element.alt_text, host ? h("small", {}, host) : null) : null);
}
