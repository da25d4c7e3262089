// Building the page: elements and text nodes only, never markup from a string.

export function h(tag, props = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const node = document.createElement(name);
  if (classes.length) node.className = classes.join(" ");
  for (const [key, value] of Object.entries(props)) setProperty(node, key, value);
  node.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function setProperty(node, key, value) {
  if (value === undefined || value === null || value === false) return;
  if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
  else if (key === "value") node.value = value;
  else node.setAttribute(key, value === true ? "" : value);
}

const PATHS = {
  hash: "M10 3 8 21M16 3l-2 18M4 9h17M3 15h17",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  send: "M4 12 20 4l-5 16-3.5-6.5z",
  thread: "M4 5h16v11H10l-4 4v-4H4z",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  close: "M6 6l12 12M18 6 6 18",
  menu: "M4 7h16M4 12h16M4 17h16",
  traffic: "M4 8h14l-4-4M20 16H6l4 4",
  theme: "M12 4v2M12 18v2M4 12h2M18 12h2M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8",
  home: "M4 11.5 12 5l8 6.5V20h-5.5v-5h-5v5H4z",
  back: "M15 5l-7 7 7 7",
  bolt: "M13 3 5 14h6l-1 7 8-11h-6z",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4",
  down: "M6 9l6 6 6-6",
  archive: "M4 5h16v4H4zM5.5 9v10h13V9M10 13h4",
};

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

export function iconButton(name, label, onclick, props = {}) {
  return h("button.icon-button", { type: "button", "aria-label": label, title: label, onclick, ...props }, icon(name));
}

const SAFE = /^(https?:|mailto:)/i;

export function link(url, ...children) {
  if (!SAFE.test(url)) return h("span", {}, ...(children.length ? children : [url]));
  const here = url.startsWith(`${location.origin}/`);
  const outside = here ? {} : { target: "_blank", rel: "noopener noreferrer" };
  return h("a", { href: url, ...outside }, ...(children.length ? children : [url]));
}

export function announce(text) {
  document.getElementById("announce").textContent = text;
}

// Brings a container's children in line with a list; what did not change keeps its node, its focus and its scroll.
export function reconcile(parent, items, key, make) {
  const old = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const nodes = items.map((item) => kept(old, key(item), item, make));
  nodes.forEach((node, index) => {
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
  });
  while (parent.children.length > nodes.length) parent.lastElementChild.remove();
}

const signatures = new WeakMap();

function kept(old, key, item, make) {
  const signature = JSON.stringify(item);
  const before = old.get(key);
  if (before && signatures.get(before) === signature) return before;
  const node = make(item);
  node.dataset.key = key;
  signatures.set(node, signature);
  if (before) replaceKeepingFocus(before, node);
  return node;
}

function replaceKeepingFocus(before, node) {
  const focused = before.contains(document.activeElement);
  before.replaceWith(node);
  if (focused) (node.querySelector("button, [href], input, select, textarea") ?? node).focus({ preventScroll: true });
}

export function menu(trigger, entries) {
  closeMenus();
  const box = h("div.menu", { role: "menu", "aria-label": trigger.getAttribute("aria-label") ?? "Menu" });
  for (const [label, act, picture] of entries) {
    const choose = () => {
      closeMenus();
      act();
    };
    box.append(h("button.menu-item", { type: "button", role: "menuitem", onclick: choose }, picture ? icon(picture) : null, label));
  }
  box.addEventListener("keydown", (event) => moveInMenu(event, box, trigger));
  trigger.setAttribute("aria-expanded", "true");
  (trigger.closest("dialog") ?? document.body).append(box);
  placeBy(box, trigger);
  box.querySelector("button")?.focus();
  setTimeout(() => document.addEventListener("pointerdown", closeOutside), 0);
}

function placeBy(box, trigger) {
  const at = trigger.getBoundingClientRect();
  const left = Math.max(8, Math.min(at.right - box.offsetWidth, innerWidth - box.offsetWidth - 8));
  const below = at.bottom + 4 + box.offsetHeight < innerHeight;
  box.style.left = `${left}px`;
  box.style.top = `${below ? at.bottom + 4 : Math.max(8, at.top - 4 - box.offsetHeight)}px`;
}

function moveInMenu(event, box, trigger) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const entries = [...box.querySelectorAll("button")];
  if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    closeMenus();
    trigger.focus();
  } else if (step) {
    event.preventDefault();
    const next = (entries.indexOf(document.activeElement) + step + entries.length) % entries.length;
    entries[next].focus();
  }
}

function closeOutside(event) {
  if (!event.target.closest(".menu")) closeMenus();
}

function closeMenus() {
  document.removeEventListener("pointerdown", closeOutside);
  document.querySelectorAll(".menu").forEach((box) => box.remove());
  document.querySelectorAll("[aria-expanded=true]:not([role=combobox])").forEach((node) => node.setAttribute("aria-expanded", "false"));
}
