// The edge of a column is a slider: arrow keys move it as they do any slider, and the pointer drags it here.
"use strict";

(() => {
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
})();
