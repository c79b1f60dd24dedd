// Lets a keyboard press the buttons of a desk: a key presses the button that shows it, in the card
// that has the focus (WCAG 2.2, 2.1.4). Without this file every button still works.
const cards = [...document.querySelectorAll("[data-card]")];
const typing = "input, textarea, select, [contenteditable]";

function here() {
  return document.activeElement?.closest("[data-card]");
}

function go(card) {
  card?.focus({ preventScroll: true });
  card?.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const at = cards.indexOf(here());
  go(cards[Math.max(0, Math.min(cards.length - 1, at < 0 ? 0 : at + by))]);
}

addEventListener("keydown", (event) => {
  const card = here();
  if (event.key === "Escape" && card && event.target.closest(typing)) return go(card);
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(typing)) return;
  if (!card) return;
  if (event.key === "n" || event.key === "p") {
    event.preventDefault();
    return step(event.key === "n" ? 1 : -1);
  }
  const pressed = card.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!pressed) return;
  event.preventDefault();
  if (pressed.tagName === "SUMMARY") {
    pressed.parentElement.open = true;
    pressed.parentElement.querySelector("select, input:not([type=hidden])")?.focus();
  } else {
    pressed.click();
  }
});

// The card that the address names, else the first that waits.
const named = location.hash ? document.getElementById(location.hash.slice(1)) : null;
go(named?.closest("[data-card]") ?? document.querySelector("[data-card][data-waits]"));

// Words that are selected in the text go into the form for a claim of one's own.
const text = document.querySelector("[data-text]");
const quote = document.getElementById("own-quote");
const start = document.getElementById("own-start");
document.addEventListener("selectionchange", () => {
  const chosen = getSelection();
  if (!text || !quote || !chosen.rangeCount || chosen.isCollapsed) return;
  const range = chosen.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  quote.value = range.toString();
  start.value = Number(text.dataset.text) + [...before.toString()].length;
});
