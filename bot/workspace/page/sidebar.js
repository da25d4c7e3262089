// Who you are and where you can go.

import { h, icon } from "./dom.js";
import { channelTitle, isApp, person, state } from "./store.js";

export function drawSidebar(root, go) {
  const select = h("select", { id: "who", "aria-label": "You are" }, state.start.people.map((id) => h("option", { value: id }, person(id).real_name)));
  select.value = state.user;
  select.addEventListener("change", () => go.become(select.value));
  const own = state.channels.filter((channel) => channel.kind !== "im");
  const direct = state.channels.filter((channel) => channel.kind === "im" && isApp(channel.user));
  root.replaceChildren(
    h("header.team", {}, h("strong", {}, state.start.team), h("span", {}, "local workspace")),
    h("div.places", {},
      group("Channels", own.map((channel) => entry(channel, go))),
      group("Direct messages", direct.map((channel) => entry(channel, go))),
      state.start.app.home_tab ? group("Apps", [place("home", `${state.start.app.name} Home`, state.place.kind === "home", () => go.openApp("home"))]) : null,
    ),
    h("div.who", {}, h("label", { for: "who" }, "You are"), select, h("p", {}, person(state.user).profile.title)),
  );
}

function group(title, entries) {
  return h("section", {}, h("h2", {}, title), h("ul", {}, entries));
}

function entry(channel, go) {
  const here = state.place.kind === "channel" && state.place.channel === channel.id;
  const picture = channel.is_archived ? "archive" : { channel: "hash", group: "lock", im: "bolt" }[channel.kind];
  const node = place(picture, channelTitle(channel), here, () => go.openChannel(channel.id));
  const button = node.firstElementChild;
  button.dataset.channel = channel.id;
  if (state.unread.has(channel.id)) {
    button.classList.add("unread");
    button.append(h("span.visually-hidden", {}, " (new messages)"));
  }
  if (channel.is_archived || !channel.joined) button.classList.add("faint");
  return node;
}

function place(picture, title, here, open) {
  return h("li", {}, h("button.place", { type: "button", "aria-current": here ? "page" : undefined, onclick: open }, icon(picture), h("span", {}, title)));
}
