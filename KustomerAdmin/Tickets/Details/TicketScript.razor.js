// A shortcut presses the control that names it (data-keys), so every one of them can be done by hand too.
function onKey(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  // A key that is held down leafs through nothing, and Shift with an arrow selects text.
  if (event.repeat || (event.shiftKey && event.key.startsWith("Arrow"))) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable], [role=dialog]")) return;
  const control = document.querySelector(`main [data-keys~="${CSS.escape(event.key)}"]`);
  if (!control || control.disabled) return;
  event.preventDefault();
  if (control.matches("input")) {
    control.focus();
    control.select();
  } else control.click();
}

async function onClick(event) {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  const told = document.querySelector("[data-copied]");
  told.textContent = await copy(button.dataset.copy) ? "Copied" : "Copy the address from the address bar";
  setTimeout(() => { told.textContent = ""; }, 4000);
}

async function copy(text) {
  try {
    // Not there without a secure connection.
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

export function start() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
}

export function stop() {
  document.removeEventListener("keydown", onKey);
  document.removeEventListener("click", onClick);
}

export function reveal(id) {
  const entry = document.getElementById(id);
  const target = entry?.querySelector(".mark-current") ?? entry;
  target?.scrollIntoView({ block: "center" });
  // Reading goes on from there; whoever types in the find box stays in it.
  if (entry && !document.activeElement?.matches("input")) entry.focus({ preventScroll: true });
}
