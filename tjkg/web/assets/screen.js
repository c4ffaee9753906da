// Screening: verdicts as the form is filled. Without this script the form is sent by its button, with the same result.
"use strict";

const form = document.getElementById("screen");
const results = document.getElementById("results");
const counts = document.getElementById("counts");
let last = 0;

async function refresh() {
  const mine = ++last;
  const answer = await fetch(form.action, {
    method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "Tjkg-Part": "1" }, cache: "no-store",
  });
  const text = await answer.text();
  if (mine !== last) return;
  if (!answer.ok) { form.submit(); return; }
  const page = new DOMParser().parseFromString(text, "text/html");
  results.replaceChildren(...page.body.childNodes);
  counts.textContent = [...results.querySelectorAll(".summary a")].map((a) => a.textContent.trim()).join(" · ");
  counts.hidden = !counts.textContent;
}

function state(field, value) {
  const box = [...form.querySelectorAll(`[name="${CSS.escape(field)}"]`)];
  if (!box.length) return;
  if (box[0].type === "checkbox") {
    for (const tick of box) if (tick.value === value) tick.checked = true;
  } else {
    box[0].value = value;
  }
  box[0].closest("details").open = true;
}

form.addEventListener("change", (event) => {
  if (event.target.id === "about") form.requestSubmit(); // other questions for other applicants
  else refresh();
});

results.addEventListener("click", (event) => {
  const button = event.target.closest(".next button");
  if (!button) return;
  event.preventDefault();
  const input = results.querySelector(".next input");
  for (const tick of results.querySelectorAll(".next input:checked")) state(tick.name, tick.value);
  if (button.name) state(button.name, button.value);
  else if (input && input.value) state(input.name, input.value);
  refresh().then(() => {
    const question = results.querySelector(".next .question");
    if (question) { question.tabIndex = -1; question.focus(); }
  });
});

results.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches(".next input")) {
    event.preventDefault();
    results.querySelector(".next button").click();
  }
});
