// The middle of the page: one conversation and its message box.

import { Composer } from "./composer.js";
import { h, icon, iconButton } from "./dom.js";
import { showMessages } from "./messages.js";
import { act, ask, channelTitle, isApp, state } from "./store.js";
import { appTabs } from "./tabs.js";

export class Conversation {
  constructor(root, { thread = null, go }) {
    this.root = root;
    this.thread = thread;
    this.go = go;
    this.channel = null;
    this.turn = 0;
  }

  async show(channelId) {
    const turn = ++this.turn;
    const query = { user: state.user, channel: channelId, ...(this.thread ? { thread_ts: this.thread } : {}) };
    const { channel, messages, prompts, status } = await ask("conversation", query);
    if (turn !== this.turn) return;
    const fresh = this.channel?.id !== channel.id || this.channel.joined !== channel.joined || this.user !== state.user;
    const follow = fresh || this.atEnd();
    this.channel = channel;
    this.user = state.user;
    if (fresh) this.build();
    this.update(messages, prompts, status);
    if (follow) this.toEnd();
  }

  build() {
    this.list = h("ol.messages", { role: "log", "aria-live": "polite", "aria-relevant": "additions", "aria-label": this.thread ? "Thread" : "Messages" });
    this.intro = h("div.intro");
    this.scroller = h("div.scroller", { tabindex: "0", role: "region", "aria-label": this.thread ? "Thread" : "Conversation" }, this.thread ? null : this.intro, this.list);
    this.statusLine = h("p.status-line", { role: "status" });
    this.foot = h("div.foot", {}, this.statusLine, this.entry());
    const tabs = !this.thread && isApp(this.channel.user) && state.start.app.home_tab ? [appTabs("messages", this.go.openApp)] : [];
    this.root.replaceChildren(this.head(), ...tabs, this.scroller, this.foot);
  }

  head() {
    if (this.thread) return paneHead("Thread", this.channel.kind === "im" ? "" : `#${this.channel.name}`, this.go.closePane);
    const kind = this.channel.is_archived ? "archive" : { channel: "hash", group: "lock" }[this.channel.kind];
    const title = h("div.title", {}, h("h1", {}, kind ? icon(kind) : null, channelTitle(this.channel)), h("p", {}, this.channel.topic || ""));
    const open = iconButton("menu", "Channels", this.go.toggleSidebar, { class: "icon-button only-small" });
    return h("header.head", {}, open, title, this.go.headTools());
  }

  entry() {
    const { channel } = this;
    if (channel.is_archived) return h("p.closed", {}, "This channel is archived: it can be read, nothing can be posted.");
    if (!channel.joined) {
      const join = () => act("join", { channel: channel.id });
      return h("div.closed", {}, h("span", {}, `You are viewing #${channel.name}.`), h("button.button.primary", { type: "button", onclick: join }, "Join channel"));
    }
    this.box = new Composer({ channel, thread: this.thread, onSent: () => this.show(channel.id).then(() => this.toEnd()) });
    return this.box.node;
  }

  update(messages, prompts, status) {
    const context = { channel: this.channel, thread: this.thread, openThread: this.go.openThread, reload: () => this.show(this.channel.id) };
    showMessages(this.list, messages, context);
    this.statusLine.replaceChildren(...(status ? [h("span.dots", {}, h("i"), h("i"), h("i")), `${state.start.app.name} ${status}`] : []));
    if (!this.thread) this.intro.replaceChildren(...introduction(this.channel, messages, prompts, (text) => this.box?.fill(text)));
  }

  setStatus(status) {
    if (this.statusLine) this.statusLine.replaceChildren(...(status ? [h("span.dots", {}, h("i"), h("i"), h("i")), `${state.start.app.name} ${status}`] : []));
  }

  atEnd() {
    return !this.scroller || this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < 120;
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }
}

export function paneHead(title, subtitle, close) {
  return h("header.head", {}, h("div.title", {}, h("h2", {}, title), subtitle ? h("p", {}, subtitle) : null), iconButton("close", `Close ${title.toLowerCase()}`, close));
}

function introduction(channel, messages, prompts, fill) {
  const name = channelTitle(channel);
  const app = state.start.app.name;
  const command = state.start.commands[0]?.command;
  const chips = prompts?.prompts.map(({ title, message }) => [title, message]) ?? examples(channel, app, command);
  const offers = chips.map(([label, text]) => h("button.chip", { type: "button", onclick: () => fill(text) }, label));
  const open = channel.joined && !channel.is_archived;
  const first = messages.length ? null : h("p", {}, `Nothing has been said here yet.${open ? " Try one of these:" : ""}`);
  if (messages.length && !prompts) return [];
  const heading = channel.kind === "im" ? `Your direct messages with ${name}` : `This is the start of #${name}`;
  return [h("h2", {}, prompts?.title || heading), first, open ? h("div.chips", {}, offers) : null].filter(Boolean);
}

function examples(channel, app, command) {
  if (channel.kind === "im") return [["help", "help"], ["timeline", "timeline"]];
  return [
    ...(command ? [[`${command} help`, `${command} help`], [command, `${command} `]] : []),
    ...(channel.has_app ? [[`@${app} …`, `@${app} `]] : []),
  ];
}
