// Slack's mrkdwn as nodes. Foreign text only ever becomes text nodes.

import { h, link } from "./dom.js";
import { emoji } from "./emoji.js";
import { channelById, person } from "./store.js";

const INLINE =
  /(`[^`\n]+`)|(<[^<>\n]+>)|((?<![\w*])\*(?=\S)[^*\n]*[^\s*]\*(?![\w*]))|((?<![\w_])_(?=\S)[^_\n]*[^\s_]_(?![\w_]))|((?<![\w~])~(?=\S)[^~\n]*[^\s~]~(?![\w~]))|(:[a-z0-9_+'-]+:)/g;

export function decode(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

export function mrkdwn(text) {
  return text.split(/```/).flatMap((part, index) => (index % 2 ? [h("pre.code", { tabindex: "0" }, decode(part.replace(/^\n/, "")))] : paragraphs(part)));
}

function paragraphs(text) {
  const nodes = [];
  let quoted = null;
  text.split("\n").forEach((line, index, all) => {
    const quote = /^(?:&gt;|>)\s?(.*)$/.exec(line);
    if (quote) {
      if (!quoted) nodes.push((quoted = h("blockquote")));
      else quoted.append(h("br"));
      quoted.append(...inline(quote[1]));
      return;
    }
    if (index && !quoted && !(index === all.length - 1 && line === "" && all.length > 1)) nodes.push(h("br"));
    quoted = null;
    nodes.push(...inline(line));
  });
  return nodes;
}

export function inline(text) {
  const nodes = [];
  let position = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > position) nodes.push(decode(text.slice(position, match.index)));
    nodes.push(span(match));
    position = match.index + match[0].length;
  }
  if (position < text.length) nodes.push(decode(text.slice(position)));
  return nodes;
}

function span([whole, code, token, bold, italic, strike]) {
  if (code) return h("code", {}, decode(code.slice(1, -1)));
  if (token) return reference(token.slice(1, -1));
  if (bold) return h("strong", {}, inline(bold.slice(1, -1)));
  if (italic) return h("em", {}, inline(italic.slice(1, -1)));
  if (strike) return h("s", {}, inline(strike.slice(1, -1)));
  return emoji(whole.slice(1, -1)) ?? whole;
}

function reference(token) {
  const [target, label] = splitLabel(token);
  if (target.startsWith("@")) return mention(target.slice(1), label);
  if (target.startsWith("#")) return channelReference(target.slice(1), label);
  if (target.startsWith("!date^")) return date(target, label);
  if (target.startsWith("!subteam^")) return h("span.mention", {}, label || "@group");
  if (target.startsWith("!")) return h("span.mention.loud", {}, `@${target.slice(1)}`);
  return link(decode(target), ...(label ? [decode(label)] : []));
}

function splitLabel(token) {
  const bar = token.indexOf("|");
  return bar < 0 ? [token, ""] : [token.slice(0, bar), token.slice(bar + 1)];
}

export function mention(id, label = "") {
  return h("span.mention", { "data-user": id }, `@${label || person(id).real_name}`);
}

export function channelReference(id, label = "") {
  return h("a.mention", { href: `#${id}` }, `#${channelById(id)?.name ?? (label || id)}`);
}

export function date(target, fallback) {
  const [, seconds, format = "{date_num}"] = target.split("^");
  const when = new Date(Number(seconds) * 1000);
  if (Number.isNaN(when.valueOf())) return decode(fallback);
  const text = decode(format).replace(/\{(\w+)\}/g, (whole, name) => DATE[name]?.(when) ?? whole);
  return h("time", { datetime: when.toISOString(), title: when.toString() }, text);
}

const shown = (options) => (when) => when.toLocaleDateString(undefined, options);
const clock = (options) => (when) => when.toLocaleTimeString(undefined, options);

function pretty(format) {
  return (when) => {
    const days = Math.round((new Date(when).setHours(0, 0, 0, 0) - new Date().setHours(0, 0, 0, 0)) / 86_400_000);
    return { "-1": "yesterday", 0: "today", 1: "tomorrow" }[days] ?? format(when);
  };
}

const SHORT = shown({ month: "short", day: "numeric", year: "numeric" });
const LONG = shown({ weekday: "long", month: "long", day: "numeric", year: "numeric" });
const DATE = {
  date_num: (when) => when.toISOString().slice(0, 10),
  date: shown({ month: "long", day: "numeric", year: "numeric" }),
  date_short: SHORT,
  date_long: LONG,
  date_pretty: pretty(shown({ month: "long", day: "numeric", year: "numeric" })),
  date_short_pretty: pretty(SHORT),
  date_long_pretty: pretty(LONG),
  time: clock({ hour: "numeric", minute: "2-digit" }),
  time_secs: clock({ hour: "numeric", minute: "2-digit", second: "2-digit" }),
  ago: (when) => `${Math.max(0, Math.round((Date.now() - when) / 60_000))} minutes ago`,
};
