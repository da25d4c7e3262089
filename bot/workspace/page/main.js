// The page: what is open, what changed, and who is told.

import { Conversation } from "./conversation.js";
import { announce, h, iconButton } from "./dom.js";
import { Home } from "./home.js";
import { Modal } from "./modal.js";
import { drawSidebar } from "./sidebar.js";
import { act, ask, channelById, channelTitle, isApp, listen, loadStart, person, state } from "./store.js";
import { TrafficPanel } from "./traffic.js";

const shell = document.getElementById("app");
const [sidebar, main, pane] = ["sidebar", "main", "pane"].map((id) => document.getElementById(id));
const modal = new Modal();
const narrow = matchMedia("(max-width: 760px)");
let conversation = null;
let thread = null;
let traffic = null;
let home = null;
let stopListening = () => {};

const go = { openChannel, openApp, openThread, closePane, toggleSidebar, become, headTools };

function headTools() {
  const shortcuts = state.start.shortcuts.filter((shortcut) => shortcut.type === "global");
  const use = (shortcut) => () => act("shortcut", { callback_id: shortcut.callback_id });
  return h("div.head-tools", {}, shortcuts.map((shortcut) => iconButton("bolt", shortcut.name, use(shortcut))),
    iconButton("theme", "Light or dark", toggleTheme), iconButton("traffic", "Raw traffic", toggleTraffic, { "aria-pressed": String(state.pane === "traffic") }));
}

async function openChannel(id, { focus = !narrow.matches } = {}) {
  state.place = { kind: "channel", channel: id };
  state.unread.delete(id);
  closeSidebar();
  if (state.pane === "thread") closePane();
  conversation = new Conversation(main, { go });
  home = null;
  remember();
  await conversation.show(id);
  titled();
  drawSidebar(sidebar, go);
  if (isApp(channelById(id)?.user)) act("home", { tab: "messages" });
  if (focus) conversation.box?.focus();
}

async function openApp(tab) {
  if (tab === "messages") return openChannel(state.channels.find((channel) => channel.kind === "im" && isApp(channel.user)).id);
  state.place = { kind: "home", channel: "" };
  closeSidebar();
  if (state.pane === "thread") closePane();
  conversation = null;
  home = new Home(main, go);
  remember();
  drawSidebar(sidebar, go);
  await home.open();
  titled();
}

async function openThread(ts) {
  showPane("thread");
  traffic = null;
  thread = new Conversation(pane, { thread: ts, go });
  await thread.show(state.place.channel);
  thread.box?.focus();
}

function toggleTraffic() {
  if (state.pane === "traffic") return closePane();
  showPane("traffic");
  thread = null;
  traffic = new TrafficPanel(pane, closePane);
  traffic.build();
}

function showPane(kind) {
  state.pane = kind;
  shell.dataset.pane = kind;
  pane.hidden = false;
  pane.setAttribute("aria-label", kind === "thread" ? "Thread" : "Raw traffic");
  pressed();
}

function closePane() {
  state.pane = "none";
  shell.dataset.pane = "none";
  pane.hidden = true;
  pane.replaceChildren();
  thread = traffic = null;
  pressed();
  conversation?.box?.focus();
}

function pressed() {
  document.querySelector("[aria-label='Raw traffic'][aria-pressed]")?.setAttribute("aria-pressed", String(state.pane === "traffic"));
}

function toggleSidebar() {
  shell.classList.toggle("sidebar-open");
  if (shell.classList.contains("sidebar-open")) sidebar.querySelector("[aria-current]")?.focus();
}

function closeSidebar() {
  shell.classList.remove("sidebar-open");
}

function toggleTheme() {
  const dark = document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  document.documentElement.dataset.theme = dark === "dark" ? "light" : "dark";
  localStorage.setItem("theme", document.documentElement.dataset.theme);
}

function remember() {
  const query = new URLSearchParams({ as: state.user });
  history.replaceState(null, "", `/?${query}#${state.place.kind === "home" ? "home" : state.place.channel}`);
}

function titled() {
  const where = state.place.kind === "home" ? state.start.app.name : channelTitle(channelById(state.place.channel));
  document.title = `${where} · ${state.start.team}`;
}

async function become(user) {
  state.user = user;
  localStorage.setItem("user", user);
  closePane();
  state.channels = (await ask("conversation", { user })).channels;
  stopListening();
  stopListening = listen(changed, connected);
  const there = channelById(state.place.channel) ? state.place.channel : state.channels[0].id;
  await (state.place.kind === "home" ? openApp("home") : openChannel(there));
  await modal.show();
  announce(`You are now ${person(user).real_name}`);
}

function connected(yes) {
  shell.classList.toggle("offline", !yes);
  announce(yes ? "" : "The workspace does not answer. Trying again…");
}

// Changes that come together are drawn together.
const stale = new Set();

function changed(change) {
  const { kind, channel } = change;
  if (kind === "traffic") return traffic?.soon();
  if (kind === "status") return showStatus(change);
  if (kind === "message" && channel !== state.place.channel && change.message.user !== state.user) state.unread.add(channel);
  if (!stale.size) setTimeout(redraw, 16);
  stale.add(kind);
}

function showStatus({ channel, thread_ts: ts, status }) {
  if (channel !== state.place.channel) return;
  if (ts && thread?.thread === ts) thread.setStatus(status);
  else conversation?.setStatus(status);
}

async function redraw() {
  const kinds = new Set(stale);
  stale.clear();
  const all = kinds.has("hello") || kinds.has("reload");
  const any = (...names) => all || names.some((name) => kinds.has(name));
  if (any("people")) await loadStart();
  if (any("channels", "people")) state.channels = (await ask("conversation", { user: state.user })).channels;
  if (any("channels", "people", "message")) drawSidebar(sidebar, go);
  if (any("message", "changed", "deleted", "ephemeral", "channels", "prompts")) {
    await Promise.all([conversation?.show(state.place.channel), thread?.show(state.place.channel)]);
  }
  if (any("home")) await home?.show();
  if (any("modal")) await modal.show();
}

async function begin() {
  const theme = localStorage.getItem("theme");
  if (theme) document.documentElement.dataset.theme = theme;
  await loadStart();
  const wanted = new URLSearchParams(location.search).get("as") ?? localStorage.getItem("user");
  state.user = state.start.people.includes(wanted) ? wanted : state.start.people[0];
  state.channels = (await ask("conversation", { user: state.user })).channels;
  const permalink = /^\/archives\/([^/]+)\/p(\d{10})(\d{6})/.exec(location.pathname);
  const parent = permalink && (new URLSearchParams(location.search).get("thread_ts") ?? null);
  const place = permalink?.[1] ?? decodeURIComponent(location.hash.slice(1));
  if (place === "home") await openApp("home");
  else await openChannel((channelById(place) ?? state.channels[0]).id);
  if (parent) await openThread(parent);
  if (permalink) document.querySelector(`[data-ts="${permalink[2]}.${permalink[3]}"]`)?.scrollIntoView();
  stopListening = listen(changed, connected);
}

function wire() {
  addEventListener("hashchange", () => channelById(location.hash.slice(1)) && openChannel(location.hash.slice(1)));
  main.addEventListener("click", (event) => {
    if (shell.classList.contains("sidebar-open") && !event.target.closest(".only-small")) closeSidebar();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open], .menu")) {
      if (shell.classList.contains("sidebar-open")) closeSidebar();
      else if (state.pane !== "none" && !document.activeElement?.value) closePane();
    }
  });
}

wire();
begin();
