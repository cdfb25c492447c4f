// A box with a list of what it can hold. The server renders both; moving through the list must not wait for it.
"use strict";

(() => {
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
})();
