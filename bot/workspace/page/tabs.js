// The two tabs of the app's own place.

import { h } from "./dom.js";
import { state } from "./store.js";

export function appTabs(selected, open) {
  const tab = (label, kind) => {
    const here = kind === selected;
    return h("button.tab", { type: "button", role: "tab", "aria-selected": String(here), tabindex: here ? "0" : "-1", onclick: () => open(kind) }, label);
  };
  const list = h("div.tabs", { role: "tablist", "aria-label": state.start.app.name }, tab("Home", "home"), tab("Messages", "messages"));
  list.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") open(selected === "home" ? "messages" : "home");
  });
  return list;
}
