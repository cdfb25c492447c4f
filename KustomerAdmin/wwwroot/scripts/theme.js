// Light, dark or as the system has it: what was chosen applies at once and is kept in a cookie, from which the server knows it.
"use strict";

(() => {
  const media = { light: { light: "all", dark: "not all" }, dark: { light: "not all", dark: "all" } };
  const systemMedia = { light: "(prefers-color-scheme: light)", dark: "(prefers-color-scheme: dark)" };
  const root = document.documentElement;

  function applyTheme(name) {
    root.dataset.theme = name;
    for (const link of document.querySelectorAll("link[data-scheme]")) {
      link.media = (media[name] ?? systemMedia)[link.dataset.scheme];
    }
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `kadm-theme=${name}; path=/; max-age=31536000; samesite=lax${secure}`;
  }

  // Renders its own buttons, so that the server needs to know nothing of the state.
  class ThemeSwitch extends HTMLElement {
    connectedCallback() {
      this.setAttribute("role", "group");
      this.setAttribute("aria-label", "Theme");
      this.replaceChildren(...["light", "dark", "system"].map(name => {
        const button = document.createElement("button");
        button.type = "button";
        button.value = name;
        button.textContent = name[0].toUpperCase() + name.slice(1);
        button.addEventListener("click", () => { applyTheme(name); this.show(); });
        return button;
      }));
      this.show();
    }

    show() {
      for (const button of this.children) {
        button.setAttribute("aria-pressed", String(button.value === root.dataset.theme));
      }
    }
  }
  customElements.define("theme-switch", ThemeSwitch);
})();
