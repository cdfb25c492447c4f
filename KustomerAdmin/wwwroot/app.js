// What must work before the circuit is there and without one. No module: it is loaded by a plain tag with every page.
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

  function closeNav() {
    document.querySelector("[data-nav-toggle]")?.setAttribute("aria-expanded", "false");
  }

  document.addEventListener("click", event => {
    const target = event.target;
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (!menu.contains(target)) menu.open = false;
    }
    const toggle = target.closest("[data-nav-toggle]");
    if (toggle) toggle.setAttribute("aria-expanded", String(toggle.getAttribute("aria-expanded") !== "true"));
    else if (!target.closest(".nav-menu") || target.closest("a")) closeNav();
    if (target.closest(".skip-link")) {
      // The router would take the click for a navigation and leave the focus where it is.
      event.preventDefault();
      document.getElementById("main").focus();
    }
    if (target.closest("[data-reload]")) location.reload();
    if (target.closest("[data-reconnect]")) reconnect();
  }, true);

  document.addEventListener("keydown", event => {
    if (event.key !== "Escape") return;
    closeNav();
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  async function reconnect() {
    // False: the server answered and no longer knows this page.
    if (!await Blazor.reconnect()) location.reload();
  }

  // A link that is pressed, not a navigation: a download that fails leaves the page alone.
  function download(address) {
    const link = document.createElement("a");
    link.href = address;
    link.download = "";
    link.click();
  }

  window.KustomerAdmin = { timeZone: () => Intl.DateTimeFormat().resolvedOptions().timeZone, download };
})();
