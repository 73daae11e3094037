// The buttons that unfold a box say what is in it: by the theme's extension all have one name.

const SHOW_OR_HIDE = "Show or hide: "; // what is written on them is one of both

/** Name them, once that extension has made them. */
export function nameFolds(article) {
  for (const button of article.querySelectorAll(".admonition-title .toggle-button")) {
    button.setAttribute("aria-label", SHOW_OR_HIDE + button.parentElement.textContent.trim());
  }
}
