// The readable plan: the place that is asked for (#c123-130) is lit in all its pieces, wherever they stand.
"use strict";

function light() {
  for (const old of document.querySelectorAll(".at.here")) old.classList.remove("here");
  const name = decodeURIComponent(location.hash.slice(1));
  if (!/^c\d+-\d+$/.test(name)) return;
  const pieces = document.querySelectorAll(`#${name}, [data-at="${name}"]`);
  for (const piece of pieces) piece.classList.add("here");
  if (pieces.length) pieces[0].scrollIntoView({ block: "center" });
}

addEventListener("hashchange", light);
light();
