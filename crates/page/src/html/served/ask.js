// Puts a slider under a field that has a first and a last value: a day, or a position of the ledger.
// The last place of it asks nothing, which is now. Without this file the fields are typed into.
const DAY = 86400000;
const isDay = (field) => field.type === "date";
const number = (field, said) => (isDay(field) ? Date.parse(said) / DAY : Number(said));
const said = (field, n) => (isDay(field) ? new Date(n * DAY).toISOString().slice(0, 10) : String(n));

for (const field of document.querySelectorAll("[data-slide]")) {
  const { first, last, slide } = field.dataset;
  const range = document.createElement("input");
  const [from, to] = [number(field, first), number(field, last)];
  range.type = "range";
  range.min = from;
  range.max = to;
  range.setAttribute("aria-label", slide);
  const show = () => {
    const at = number(field, field.value);
    range.value = field.value && at >= from && at <= to ? at : to;
    range.setAttribute("aria-valuetext", field.value || said(field, to));
  };
  const asked = field.value;
  range.addEventListener("input", () => {
    field.value = Number(range.value) === to ? "" : said(field, Number(range.value));
    range.setAttribute("aria-valuetext", field.value || said(field, to));
  });
  // A pointer that lets go asks; a keyboard asks by Enter, after as many steps as it likes.
  range.addEventListener("pointerup", () => setTimeout(() => {
    if (field.value !== asked) field.form.requestSubmit();
  }));
  range.addEventListener("keydown", (event) => {
    if (event.key === "Enter") field.form.requestSubmit();
  });
  field.addEventListener("input", show);
  show();
  field.after(range);
}
