// The server renders the panel; here it is opened, and who opened it gets the focus back.
"use strict";

(() => {
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
})();
