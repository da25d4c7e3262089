// rich_text blocks as nodes.

import { h, link } from "./dom.js";
import { emoji } from "./emoji.js";
import { channelReference, date, mention } from "./mrkdwn.js";

export function richText(block) {
  return block.elements.map(part);
}

function part(element) {
  const spans = () => element.elements.map(span);
  if (element.type === "rich_text_quote") return h("blockquote", {}, spans());
  if (element.type === "rich_text_preformatted") return h("pre.code", { tabindex: "0" }, spans());
  if (element.type === "rich_text_list") return listOf(element);
  return h("div.rich", {}, spans());
}

function listOf(element) {
  const items = element.elements.map((line) => h("li", {}, line.elements.map(span)));
  const start = element.offset ? { start: String(element.offset + 1) } : {};
  return h(`${element.style === "ordered" ? "ol" : "ul"}.indent-${element.indent ?? 0}`, start, items);
}

function span(element) {
  return styled(plain(element), element.style ?? {});
}

function plain(element) {
  switch (element.type) {
    case "text":
      return element.text;
    case "link":
      return link(element.url, element.text || element.url);
    case "user":
      return mention(element.user_id);
    case "channel":
      return channelReference(element.channel_id);
    case "emoji":
      return emoji(element.name) ?? `:${element.name}:`;
    case "broadcast":
      return h("span.mention.loud", {}, `@${element.range}`);
    case "usergroup":
      return h("span.mention", {}, "@group");
    case "date":
      return date(`!date^${element.timestamp}^${element.format}`, element.fallback ?? "");
    default:
      return element.text ?? "";
  }
}

function styled(node, style) {
  const tags = { bold: "strong", italic: "em", strike: "s", code: "code" };
  return Object.entries(tags).reduce((inner, [name, tag]) => (style[name] ? h(tag, {}, inner) : inner), node);
}
