// The raw traffic between this workspace and the app, readable.

import { paneHead } from "./conversation.js";
import { h } from "./dom.js";
import { act, ask } from "./store.js";

export class TrafficPanel {
  constructor(root, close) {
    this.root = root;
    this.close = close;
    this.wanted = "all";
    this.rows = new Map();
    this.waiting = false;
  }

  build() {
    this.list = h("ol.exchanges", { "aria-label": "Exchanges, newest first" });
    const pick = h("select", { "aria-label": "Which traffic" }, ["all", "to_app", "from_app"].map((value) => h("option", { value }, { all: "Both ways", to_app: "Slack → app", from_app: "App → Slack" }[value])));
    pick.addEventListener("change", () => {
      this.wanted = pick.value;
      this.rows.clear();
      this.list.replaceChildren();
      this.show();
    });
    const clear = h("button.button", { type: "button", onclick: () => act("forget_traffic") }, "Clear");
    this.root.replaceChildren(paneHead("Traffic", "Raw requests and answers, both ways; secrets are masked", this.close),
      h("div.pane-tools", {}, pick, clear), h("div.scroller", { tabindex: "0", role: "region", "aria-label": "Traffic" }, this.list));
    this.show();
  }

  // Many exchanges in one moment are drawn once.
  soon() {
    if (this.waiting) return;
    this.waiting = true;
    setTimeout(() => {
      this.waiting = false;
      if (this.list?.isConnected) this.show();
    }, 100);
  }

  async show() {
    const { exchanges } = await ask("traffic");
    const wanted = exchanges.filter((one) => this.wanted === "all" || one.direction === this.wanted).reverse();
    const nodes = wanted.map((one) => this.row(one));
    if (!nodes.length) nodes.push(h("li.empty", {}, "No traffic yet. Type a command or mention the app."));
    this.list.replaceChildren(...nodes);
  }

  row(one) {
    const kept = this.rows.get(one.id);
    if (kept && kept.status === one.status) return kept.node;
    const node = exchange(one);
    this.rows.set(one.id, { node, status: one.status });
    return node;
  }
}

function exchange(one) {
  const out = one.direction === "to_app";
  const at = new Date(one.at * 1000).toLocaleTimeString([], { hour12: false });
  const bad = one.status === null ? one.note !== "" : one.status >= 400 || one.response?.ok === false;
  const status = one.status ?? (one.note || "…");
  const summary = h("summary", {}, h(`span.way.${out ? "to" : "from"}`, { title: out ? "Slack to the app" : "The app to Slack" }, out ? "→ app" : "← app"),
    h("span.exchange-name", {}, one.name), h(`span.status${bad ? ".bad" : ""}`, {}, String(one.response?.error ?? status)), h("span.muted", {}, `${one.ms} ms · ${at}`));
  const details = h("details", {}, summary);
  details.addEventListener("toggle", () => {
    if (details.childElementCount > 1) return;
    details.append(...[["Note", one.note], ["Headers", one.headers], ["Request", one.request], ["Answer", one.response]].flatMap(([title, value]) => part(title, value)));
  });
  return h("li", {}, details);
}

function part(title, value) {
  if (value === null || value === undefined || value === "" || (typeof value === "object" && !Object.keys(value).length)) return [];
  return [h("h3", {}, title), h("pre.json", { tabindex: "0" }, coloured(unfolded(value)))];
}

// Interactive payloads and blocks sent as strings are shown as the JSON they are.
function unfolded(value) {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

function coloured(text) {
  const pattern = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|-?\b\d+(?:\.\d+)?\b/g;
  const nodes = [];
  let position = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > position) nodes.push(text.slice(position, match.index));
    const kind = match[2] ? "key" : match[1] ? "string" : match[3] ? "word" : "number";
    nodes.push(h(`span.j-${kind}`, {}, match[1] ?? match[0]), match[2] ?? "");
    position = match.index + match[0].length;
  }
  nodes.push(text.slice(position));
  return nodes;
}
