// Lets files be dropped, says what is too much before it is sent, and shows how far they have come.
// Without this file they are chosen and sent all the same.
const form = document.querySelector("[data-drop]");
const files = document.getElementById("files");
const bar = form.querySelector("progress");
const told = form.querySelector("[data-told]");
const most = form.dataset;

function tell(words, wrong) {
  told.textContent = words;
  told.className = wrong ? "said wrong" : "";
}

/// What is too much of it, in words; nothing where it may be sent.
function tooMuch(chosen) {
  const all = chosen.reduce((sum, file) => sum + file.size, 0);
  if (chosen.length > Number(most.files)) return most.saidFiles;
  if (chosen.some((file) => file.size > Number(most.file))) return most.saidFile;
  if (all > Number(most.all)) return most.saidAll;
  return "";
}

files.addEventListener("change", () => {
  const why = tooMuch([...files.files]);
  tell(why, why);
});

for (const kind of ["dragenter", "dragover"]) {
  form.addEventListener(kind, (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
}
for (const kind of ["dragleave", "drop"]) {
  form.addEventListener(kind, () => form.classList.remove("over"));
}
form.addEventListener("drop", (event) => {
  event.preventDefault();
  files.files = event.dataTransfer.files;
  files.dispatchEvent(new Event("change"));
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const why = tooMuch([...files.files]);
  if (why) return tell(why, why);
  const request = new XMLHttpRequest();
  const button = form.querySelector("button");
  const end = (words) => {
    bar.hidden = true;
    button.disabled = false;
    tell(words, true);
  };
  request.upload.addEventListener("progress", (at) => {
    if (at.lengthComputable) bar.value = (100 * at.loaded) / at.total;
  });
  request.upload.addEventListener("load", () => tell(most.saidLooks));
  request.addEventListener("error", () => end(most.saidLost));
  request.addEventListener("load", () => {
    if (request.status === 200) return location.assign(request.responseURL);
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    end(page.querySelector("h1")?.textContent ?? most.saidLost);
  });
  request.open("POST", form.action);
  request.send(new FormData(form));
  bar.hidden = false;
  button.disabled = true;
  tell("");
});
