// Once its circuit is there a page gets new elements in the place of those that came with it; what was typed into one of these goes along.
"use strict";

(() => {
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
})();
