// Standard Markdown, as the markdown block takes it, as nodes.

import { h, link } from "./dom.js";

const INLINE =
  /(`[^`\n]+`)|!?\[([^\]\n]*)\]\(([^()\s]+)\)|\*\*(?=\S)(.+?)(?<=\S)\*\*|__(?=\S)(.+?)(?<=\S)__|(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])|(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])|~~(?=\S)(.+?)(?<=\S)~~|\\([\\`*_{}[\]()#+\-.!~>|])/g;

export function markdown(text) {
  const lines = text.replaceAll("\r", "").split("\n");
  const nodes = [];
  while (lines.length) nodes.push(...block(lines));
  return nodes;
}

function block(lines) {
  const line = lines[0];
  if (!line.trim()) return lines.shift(), [];
  if (/^\s*```/.test(line)) return [fence(lines)];
  const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
  if (heading) return lines.shift(), [h(`h${Math.min(6, heading[1].length + 2)}.md-heading`, {}, inline(heading[2]))];
  if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) return lines.shift(), [h("hr")];
  if (/^\s*>/.test(line)) return [h("blockquote", {}, markdown(take(lines, /^\s*>/).map((l) => l.replace(/^\s*>\s?/, "")).join("\n")))];
  if (ITEM.test(line)) return [list(lines, indentOf(line))];
  if (line.includes("|") && /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(lines[1] ?? "")) return [table(lines)];
  return [paragraph(lines)];
}

const ITEM = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/;
const STARTS = /^\s*(```|>|#{1,6}\s|[-*+]\s|\d+[.)]\s)/;

function take(lines, pattern) {
  const taken = [];
  while (lines.length && pattern.test(lines[0])) taken.push(lines.shift());
  return taken;
}

function fence(lines) {
  lines.shift();
  const code = [];
  while (lines.length && !/^\s*```/.test(lines[0])) code.push(lines.shift());
  lines.shift();
  return h("pre.code", { tabindex: "0" }, code.join("\n"));
}

function paragraph(lines) {
  const words = [lines.shift()];
  while (lines.length && lines[0].trim() && !STARTS.test(lines[0])) words.push(lines.shift());
  return h("p", {}, words.flatMap((line, index) => [index ? h("br") : null, ...inline(line)]));
}

function indentOf(line) {
  return /^\s*/.exec(line)[0].length;
}

function list(lines, indent) {
  const ordered = /^\s*\d/.test(lines[0]);
  const node = h(ordered ? "ol" : "ul");
  while (lines.length && ITEM.test(lines[0]) && indentOf(lines[0]) >= indent) {
    if (indentOf(lines[0]) > indent) node.lastElementChild?.append(list(lines, indentOf(lines[0])));
    else node.append(item(ITEM.exec(lines.shift())[3]));
  }
  return node;
}

function item(text) {
  const task = /^\[([ xX])\]\s+(.*)$/.exec(text);
  if (!task) return h("li", {}, inline(text));
  const done = task[1] !== " ";
  return h("li.task", {}, h("input", { type: "checkbox", disabled: true, checked: done, "aria-label": done ? "done" : "to do" }), " ", inline(task[2]));
}

function table(lines) {
  const cells = (line) => line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());
  const head = cells(lines.shift());
  lines.shift();
  const rows = take(lines, /\|/).map(cells);
  const body = rows.map((row) => h("tr", {}, head.map((_, index) => h("td", {}, inline(row[index] ?? "")))));
  return h("div.table-scroll", { tabindex: "0", role: "region", "aria-label": "Table" },
    h("table", {}, h("thead", {}, h("tr", {}, head.map((cell) => h("th", { scope: "col" }, inline(cell))))), h("tbody", {}, body)));
}

function inline(text) {
  const nodes = [];
  let position = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > position) nodes.push(text.slice(position, match.index));
    nodes.push(span(match));
    position = match.index + match[0].length;
  }
  if (position < text.length) nodes.push(text.slice(position));
  return nodes;
}

function span([, code, label, url, bold, bold2, italic, italic2, strike, escaped]) {
  if (code) return h("code", {}, code.slice(1, -1));
  if (url) return link(url, label || url);
  if (bold || bold2) return h("strong", {}, inline(bold ?? bold2));
  if (italic || italic2) return h("em", {}, inline(italic ?? italic2));
  if (strike) return h("s", {}, inline(strike));
  return escaped;
}
