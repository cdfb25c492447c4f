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

  // The server renders the panel; here it is opened, and who opened it gets the focus back.
  class ModalSheet extends HTMLElement {
    connectedCallback() {
      this.opener = document.activeElement;
      // The framework inserts an element before what it holds.
      queueMicrotask(() => this.isConnected && this.querySelector("dialog").showModal());
    }

    disconnectedCallback() {
      if (this.opener?.isConnected) this.opener.focus();
    }
  }
  customElements.define("modal-sheet", ModalSheet);

  // A box with a list of what it can hold. The server renders both; moving through the list must not wait for it.
  class ComboBox extends HTMLElement {
    constructor() {
      super();
      this.observer = new MutationObserver(() => this.settle());
      this.onMove = () => this.place();
      this.addEventListener("keydown", event => this.press(event));
      this.addEventListener("input", () => this.toggleAttribute("data-closed", false));
      this.addEventListener("click", event => {
        if (event.target === this) this.box.focus();
        if (!event.target.closest("[role=option]")) this.toggleAttribute("data-closed", false);
      });
      this.addEventListener("mousedown", event => {
        // The box keeps the focus, or it would take what is half typed for finished.
        if (event.target.closest("[role=listbox]")) event.preventDefault();
      });
    }

    // A condition that is moved takes its boxes out of the page and in again.
    connectedCallback() {
      this.observer.observe(this, { childList: true, subtree: true });
      // The list floats over what would cut it off, so it follows its box by itself.
      addEventListener("scroll", this.onMove, true);
      addEventListener("resize", this.onMove);
    }

    disconnectedCallback() {
      this.observer.disconnect();
      removeEventListener("scroll", this.onMove, true);
      removeEventListener("resize", this.onMove);
    }

    get box() { return this.querySelector("[role=combobox]"); }
    get list() { return this.hasAttribute("data-closed") ? null : this.querySelector("[role=listbox]"); }
    get options() { return [...(this.list?.querySelectorAll("[role=option]:not([aria-disabled])") ?? [])]; }

    settle() {
      const options = this.options;
      if (!options.includes(this.active)) this.mark(this.hasAttribute("data-picks-first") ? options[0] : null);
      this.place();
    }

    mark(option) {
      this.active?.removeAttribute("data-active");
      this.active = option;
      option?.setAttribute("data-active", "");
      option?.scrollIntoView({ block: "nearest" });
      if (option) this.box.setAttribute("aria-activedescendant", option.id);
      else this.box.removeAttribute("aria-activedescendant");
    }

    place() {
      const list = this.list;
      if (!list) return;
      const box = this.getBoundingClientRect();
      const below = innerHeight - box.bottom;
      const upwards = below < 200 && box.top > below;
      list.style.left = `${Math.min(box.left, innerWidth - list.offsetWidth - 8)}px`;
      list.style.minWidth = `${box.width}px`;
      list.style.maxHeight = `${Math.min(320, (upwards ? box.top : below) - 12)}px`;
      list.style.top = upwards ? "auto" : `${box.bottom + 2}px`;
      list.style.bottom = upwards ? `${innerHeight - box.top + 2}px` : "auto";
    }

    press(event) {
      if (event.target !== this.box) return;
      const options = this.options;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        if (options.length === 0) this.box.click();
        else this.mark(options[(options.indexOf(this.active) + step + options.length + (this.active || step > 0 ? 0 : 1)) % options.length]);
      } else if (event.key === "Enter" && (this.active || (this.box.value && !this.hasAttribute("data-picks-first")))) {
        event.preventDefault();
        const chosen = this.active;
        // Pressed once more, Enter applies instead of taking it back.
        this.mark(null);
        if (chosen) chosen.click();
        else this.box.dispatchEvent(new Event("change", { bubbles: true }));
      } else if (event.key === "Escape" && this.list) {
        event.preventDefault();
        this.mark(null);
        this.toggleAttribute("data-closed", true);
      } else if (event.key === "Backspace" && !this.box.value) {
        [...this.querySelectorAll(".token-remove")].at(-1)?.click();
      }
    }
  }
  customElements.define("combo-box", ComboBox);

  // Once its circuit is there a page gets new elements in the place of those that came with it; what was typed into one of these goes along.
  const first = new Set(document.querySelectorAll("input[type=search]"));
  let typed;
  document.addEventListener("input", event => { if (first.has(event.target)) typed = event.target; });
  new MutationObserver(() => {
    if (!typed || typed.isConnected) return;
    const successor = document.querySelector(`input[type=search][name="${CSS.escape(typed.name)}"]`);
    if (!successor) return;
    successor.value = typed.value;
    successor.focus();
    successor.dispatchEvent(new Event("input", { bubbles: true }));
    typed = undefined;
  }).observe(document.body, { childList: true, subtree: true });

  // The edge of a column is a slider: arrow keys move it as they do any slider, and the pointer drags it here.
  function setWidth(slider, width) {
    const table = slider.closest("table"), columns = [...table.querySelectorAll("col")], headers = [...table.querySelectorAll("th")];
    if (table.classList.contains("is-fluid")) {
      // From now on no other column gives way.
      headers.forEach((header, place) => columns[place].width = header.offsetWidth);
      table.classList.remove("is-fluid");
    }
    slider.value = width;
    columns[headers.indexOf(slider.closest("th"))].width = slider.value;
    table.width = columns.reduce((sum, column) => sum + Number(column.width), 0);
  }

  document.addEventListener("input", event => {
    if (event.target.matches(".column-width")) setWidth(event.target, event.target.value);
  });

  // Every press of a key is a change. The server hears of the last one: its answer to an earlier one would move the edge back.
  let settling;
  window.addEventListener("change", event => {
    const slider = event.target;
    if (!event.isTrusted || !slider.matches?.(".column-width")) return;
    event.stopImmediatePropagation();
    clearTimeout(settling);
    settling = setTimeout(() => slider.dispatchEvent(new Event("change", { bubbles: true })), 300);
  }, true);

  document.addEventListener("pointerdown", event => {
    const slider = event.target;
    if (!slider.matches?.(".column-width") || event.button !== 0) return;
    event.preventDefault();
    clearTimeout(settling);
    slider.focus();
    slider.setPointerCapture(event.pointerId);
    const from = event.clientX, width = slider.closest("th").offsetWidth;
    const drag = move => setWidth(slider, width + move.clientX - from);
    slider.addEventListener("pointermove", drag);
    slider.addEventListener("lostpointercapture", () => {
      slider.removeEventListener("pointermove", drag);
      slider.dispatchEvent(new Event("change", { bubbles: true }));
    }, { once: true });
  });

  function closeNav() {
    document.querySelector("[data-nav-toggle]")?.setAttribute("aria-expanded", "false");
  }

  document.addEventListener("click", event => {
    const target = event.target;
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (!menu.contains(target) || target.closest("[data-menu-items]")) menu.open = false;
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
