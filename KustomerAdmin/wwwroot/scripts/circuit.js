// Where the circuit ends, and what it asks of the browser.
"use strict";

(() => {
  document.addEventListener("click", event => {
    if (event.target.closest("[data-reload]")) location.reload();
    if (event.target.closest("[data-reconnect]")) reconnect();
  }, true);

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
