// The app's own place: its Home tab.

import { blocks } from "./blocks.js";
import { announce, h, iconButton } from "./dom.js";
import { act, ask, state } from "./store.js";
import { appTabs } from "./tabs.js";

export class Home {
  constructor(root, go) {
    this.root = root;
    this.go = go;
  }

  async open() {
    this.build();
    await act("home", { tab: "home" });
    await this.show();
  }

  build() {
    this.body = h("div.home", { tabindex: "-1" });
    const menu = iconButton("menu", "Channels", this.go.toggleSidebar, { class: "icon-button only-small" });
    const title = h("div.title", {}, h("h1", {}, state.start.app.name, h("span.badge", {}, "APP")), h("p", {}, state.start.app.description));
    this.root.replaceChildren(h("header.head", {}, menu, title, this.go.headTools()),
      appTabs("home", this.go.openApp),
      h("div.scroller", { tabindex: "0", role: "region", "aria-label": "Home" }, this.body));
  }

  async show() {
    const { home } = await ask("views", { user: state.user });
    if (!home) {
      this.body.replaceChildren(h("div.empty", {}, h("h2", {}, "Nothing here yet"), h("p", {}, "The app has not published a Home tab for you. It does so when you open it; if it is not running, it cannot.")));
      return;
    }
    const use = async (block, element, choice, node) => {
      node.classList.add("busy");
      const answer = await act("press", { view_id: home.id, block_id: block.block_id, action_id: element.action_id, choice });
      node.classList.remove("busy");
      if (answer.failure) announce(`That did not work: ${answer.failure}`);
    };
    this.body.replaceChildren(...blocks(home.blocks, use, null, home.state.values));
  }
}
