// What the page knows, and how it talks to the workspace.

export const state = {
  start: null,
  users: new Map(),
  user: "",
  channels: [],
  place: { kind: "channel", channel: "", thread: null, tab: "home" },
  pane: "none",
  unread: new Set(),
  pending: new Map(),
};

export async function ask(path, query = {}) {
  const response = await fetch(`/page/${path}?${new URLSearchParams(query)}`);
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

export async function act(name, body = {}) {
  const response = await fetch(`/page/${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ user: state.user, ...body }),
  });
  const answer = await response.json().catch(() => ({}));
  return response.ok ? answer : { failure: answer.failure ?? `The workspace answered ${response.status}.` };
}

export async function loadStart() {
  state.start = await ask("start");
  state.users = new Map(state.start.users.map((user) => [user.id, user]));
}

export function person(id) {
  return state.users.get(id) ?? { id, real_name: id, name: id, profile: {} };
}

export function isApp(id) {
  return id === state.start.bot_user_id;
}

export function channelById(id) {
  return state.channels.find((channel) => channel.id === id);
}

export function channelTitle(channel) {
  return channel.kind === "im" ? person(channel.user).real_name : channel.name;
}

// A live feed that comes back by itself; every return starts with a full reload.
export function listen(onChange, onState) {
  let delay = 500;
  let socket = null;
  let closed = false;
  const open = () => {
    if (closed) return;
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    socket = new WebSocket(`${scheme}://${location.host}/page/live?user=${encodeURIComponent(state.user)}`);
    socket.onmessage = (event) => onChange(JSON.parse(event.data));
    socket.onopen = () => {
      delay = 500;
      onState(true);
    };
    socket.onclose = () => {
      if (closed) return;
      onState(false);
      setTimeout(open, delay);
      delay = Math.min(delay * 2, 8000);
    };
  };
  open();
  return () => {
    closed = true;
    socket?.close();
  };
}
