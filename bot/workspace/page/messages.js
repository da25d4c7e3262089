// One message: who, when, what, and what can be done with it.

import { blocks } from "./blocks.js";
import { announce, h, icon, iconButton, menu, reconcile } from "./dom.js";
import { emoji } from "./emoji.js";
import { inline, mrkdwn } from "./mrkdwn.js";
import { act, isApp, person, state } from "./store.js";

const GROUPED_SECONDS = 300;

export function showMessages(list, messages, context) {
  const entries = messages.map((message, index) => ({ message, follows: follows(messages[index - 1], message), day: newDay(messages[index - 1], message) }));
  reconcile(list, entries, (entry) => entry.message.ts, (entry) => messageNode(entry, context));
}

const seconds = (message) => Number(message.ts);
const dayOf = (message) => new Date(seconds(message) * 1000).toDateString();

function newDay(before, message) {
  return !before || dayOf(before) !== dayOf(message);
}

function follows(before, message) {
  return Boolean(before && before.user === message.user && !before.subtype && !message.subtype && !newDay(before, message)
    && Boolean(before.is_ephemeral) === Boolean(message.is_ephemeral) && seconds(message) - seconds(before) < GROUPED_SECONDS);
}

function messageNode({ message, follows: grouped, day }, context) {
  const separator = day ? h("div.day", { role: "separator" }, h("span", {}, dayName(message))) : null;
  if (message.subtype === "channel_join") return h("li.event", {}, separator, h("p", {}, inline(message.text)));
  const node = h("article.message", { "data-ts": message.ts, tabindex: "-1", "aria-label": `${author(message)}, ${timeOf(message)}` });
  if (grouped) node.classList.add("grouped");
  if (message.is_ephemeral) node.classList.add("ephemeral");
  node.append(avatar(message), bodyOf(message, grouped, context), tools(message, context));
  return h("li", {}, separator, node);
}

function author(message) {
  return person(message.user).real_name;
}

function timeOf(message) {
  return new Date(seconds(message) * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

function dayName(message) {
  const when = new Date(seconds(message) * 1000);
  if (when.toDateString() === new Date().toDateString()) return "Today";
  return when.toLocaleDateString(undefined, { weekday: "long", month: "long", day: "numeric" });
}

export function avatar(message) {
  if (isApp(message.user)) return h("span.avatar.app", { "aria-hidden": "true" }, h("img", { src: "/assets/icon.svg", alt: "", width: "36", height: "36" }));
  const name = author(message);
  const initials = name.split(/\s+/).map((word) => word[0]).slice(0, 2).join("");
  const tint = [...message.user].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 6;
  return h(`span.avatar.tint-${tint}`, { "aria-hidden": "true" }, initials);
}

function bodyOf(message, grouped, context) {
  const body = h("div.message-body");
  if (message.is_ephemeral) body.append(h("p.only-you", {}, icon("eye"), "Only visible to you"));
  const badge = message.bot_id ? h("span.badge", {}, "APP") : null;
  const time = h("time.time", { datetime: new Date(seconds(message) * 1000).toISOString() }, timeOf(message));
  body.append(h(grouped ? "div.byline.visually-hidden" : "div.byline", {}, h("span.author", {}, author(message)), badge, time));
  body.append(contentOf(message, context));
  if (message.reactions) body.append(reactions(message));
  if (message.offer === "invite") body.append(invitation(context));
  if (message.reply_count && !context.thread) body.append(threadLink(message, context));
  return body;
}

function contentOf(message, context) {
  const content = h("div.content", { dir: "auto" });
  if (message.subtype === "tombstone") return h("p.tombstone", {}, message.text);
  if (message.subtype === "slash_command") return h("p.typed-command", {}, inline(message.text));
  if (message.bot_id && message.blocks?.length) content.append(...blocks(message.blocks, pressing(message, context)));
  else content.append(...mrkdwn(message.text));
  if (message.edited && !message.bot_id) content.append(h("span.edited", {}, " (edited)"));
  return content;
}

function pressing(message, context) {
  return async (block, element, choice, node) => {
    node.classList.add("busy");
    node.setAttribute("aria-busy", "true");
    const about = { channel: context.channel.id, ts: message.ts, block_id: block.block_id, action_id: element.action_id, choice };
    const answer = await act("press", about);
    node.classList.remove("busy");
    node.removeAttribute("aria-busy");
    if (!answer.failure) return;
    node.classList.add("failed");
    announce(`That did not work: ${answer.failure}`);
    node.title = answer.failure;
  };
}

function reactions(message) {
  return h("div.reactions", {}, message.reactions.map(({ name, count }) => h("span.reaction", { title: `:${name}:` }, emoji(name) ?? `:${name}:`, ` ${count}`)));
}

function invitation(context) {
  const invite = () => act("invite", { channel: context.channel.id });
  return h("div.actions", {}, h("button.button.primary", { type: "button", onclick: invite }, `Add ${state.start.app.name}`));
}

function threadLink(message, context) {
  const faces = (message.reply_users ?? []).slice(0, 3).map((user) => avatar({ user }));
  const count = message.reply_count === 1 ? "1 reply" : `${message.reply_count} replies`;
  return h("button.thread-link", { type: "button", onclick: () => context.openThread(message.ts) }, h("span.faces", {}, faces), count, h("span.muted", {}, "View thread"));
}

function tools(message, context) {
  const dismiss = async () => {
    await act("dismiss", { ts: message.ts });
    context.reload();
  };
  if (message.is_ephemeral) return h("div.tools", {}, iconButton("close", "Dismiss message", dismiss));
  if (message.subtype === "tombstone") return h("div.tools");
  const reply = context.thread ? null : iconButton("thread", "Reply in thread", () => context.openThread(message.thread_ts ?? message.ts));
  const more = iconButton("more", "Message actions", () => menu(more, entries(message, context)), { "aria-haspopup": "menu" });
  return h("div.tools", {}, reply, more);
}

function entries(message, context) {
  const shortcuts = state.start.shortcuts.filter((shortcut) => shortcut.type === "message");
  const use = (shortcut) => async () => {
    const answer = await act("shortcut", { channel: context.channel.id, ts: message.ts, callback_id: shortcut.callback_id });
    if (answer.failure) announce(`That did not work: ${answer.failure}`);
  };
  const address = `${location.origin}/archives/${context.channel.id}/p${message.ts.replace(".", "")}`;
  return [
    ...shortcuts.map((shortcut) => [shortcut.name, use(shortcut), "bolt"]),
    ["Reply in thread", () => context.openThread(message.thread_ts ?? message.ts), "thread"],
    ["Copy link", () => navigator.clipboard?.writeText(address).then(() => announce("Link copied")), "link"],
  ];
}
