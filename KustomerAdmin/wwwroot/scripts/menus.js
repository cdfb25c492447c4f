// What folds out: the navigation of a phone and the menus. They close by Escape, by a press elsewhere and by what is chosen in them.
"use strict";

(() => {
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
  }, true);

  document.addEventListener("keydown", event => {
    if (event.key !== "Escape") return;
    closeNav();
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
})();
