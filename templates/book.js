// Adds to pages what needs a script: the choice of a theme, and buttons that copy code. Without it all is still there.
"use strict";

(function () {
  const root = document.documentElement;
  const key = "fieldbook-theme";

  // A browser that keeps nothing (private windows, some file:// pages) still switches, for this page.
  function kept() {
    try { return localStorage.getItem(key); } catch { return null; }
  }
  function keep(theme) {
    try { localStorage.setItem(key, theme); } catch { /* for this page only */ }
  }

  const chosen = kept();
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;

  function isDark() {
    if (root.dataset.theme) return root.dataset.theme === "dark";
    return matchMedia("(prefers-color-scheme: dark)").matches;
  }

  function themeButton() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "theme-button";
    const name = () => { button.textContent = isDark() ? "Light page" : "Dark page"; };
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      keep(root.dataset.theme);
      name();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", name);
    name();
    return button;
  }

  function copyButton(pre) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy-button";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(pre.querySelector("code").textContent);
        button.textContent = "Copied";
      } catch {
        button.textContent = "Not allowed";
      }
      setTimeout(() => { button.textContent = "Copy"; }, 1500);
    });
    return button;
  }

  document.addEventListener("DOMContentLoaded", () => {
    const sidebar = document.querySelector(".sidebar");
    if (sidebar) sidebar.append(themeButton());
    if (navigator.clipboard) {
      for (const pre of document.querySelectorAll("pre")) {
        if (pre.querySelector("code")) pre.append(copyButton(pre));
      }
    }
    // A sheet has done its work when one of its links was followed to a place on this page.
    for (const sheet of document.querySelectorAll("[popover]")) {
      sheet.addEventListener("click", (event) => {
        if (event.target.closest("a") && sheet.matches(":popover-open")) sheet.hidePopover();
      });
    }
    const current = document.querySelector(".sidebar [aria-current]");
    // Where this chapter stands in the book; on a phone the list has a place only once it is opened.
    const reveal = () => {
      if (current.offsetTop + current.offsetHeight > sidebar.clientHeight) sidebar.scrollTop = current.offsetTop - 120;
    };
    if (current) {
      reveal();
      sidebar.addEventListener("toggle", reveal);
    }
  });
})();
