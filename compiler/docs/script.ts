/** Filters the contents and the cards by name; the page is whole without it. */
export const script = `
const filter = document.getElementById("filter");
const named = [...document.querySelectorAll("[data-name]")];
filter.hidden = false;
filter.addEventListener("input", () => {
  const wanted = filter.value.trim().toLowerCase();
  for (const element of named) element.hidden = !element.dataset.name.toLowerCase().includes(wanted);
});
const narrow = matchMedia("(max-width: 860px)");
const fold = () => { document.querySelector("nav details").open = !narrow.matches; };
narrow.addEventListener("change", fold);
fold();
`;
