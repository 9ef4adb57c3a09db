// Conveniences only: every page and action works without this file.

// The answer to a form cannot be fetched again: Back would end on an error page of the browser. Its
// address is made that of the page the form stands on.
const again = document.body.dataset.again;
if (again) {
  history.replaceState(null, "", again);
}

// A second press of a button sends the form once: the server would take it once anyway, but the
// person waiting sees that the first press was heard.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  for (const button of form.querySelectorAll("button")) {
    button.setAttribute("aria-disabled", "true");
  }
});

// The back button shows a page as it was left: let its forms be sent again (the server knows the
// request and answers "already done").
window.addEventListener("pageshow", () => {
  for (const form of document.forms) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("button[aria-disabled]")) {
      button.removeAttribute("aria-disabled");
    }
  }
});

// A USB scanner types and presses Enter. When no field has the focus, what is typed goes to the
// scan field.
const scan = document.querySelector("[data-scan]");
if (scan) {
  document.addEventListener("keydown", (event) => {
    const plain = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    const nowhere = document.activeElement === document.body || document.activeElement === null;
    if (plain && nowhere && event.key !== " ") {
      scan.focus();
    }
  });
}

// One menu open at a time; Escape closes it and gives the focus back.
const menus = [...document.querySelectorAll("details.menu")];
for (const menu of menus) {
  menu.addEventListener("toggle", () => {
    if (menu.open) {
      menus.filter((other) => other !== menu).forEach((other) => (other.open = false));
    }
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Is this someone we know? Looked up while the form about a person is typed; the answer is put beside it.
const alike = document.querySelector("[data-alike]");
const about = document.querySelector("#form form");
if (alike && about) {
  let waiting;
  let asked = 0;
  const look = async () => {
    const mine = ++asked;
    try {
      const answer = await fetch(alike.dataset.alike, {
        method: "POST",
        body: new URLSearchParams(new FormData(about)),
        headers: { Accept: "text/html" },
      });
      // A later question may have been asked meanwhile: its answer counts.
      const list = answer.ok && !answer.redirected ? await answer.text() : "";
      if (mine === asked) {
        alike.innerHTML = list;
      }
    } catch {
      // No network: the form works without, and what was found for other words is not shown beside these.
      if (mine === asked) {
        alike.replaceChildren();
      }
    }
    alike.removeAttribute("aria-busy");
  };
  about.addEventListener("input", () => {
    alike.setAttribute("aria-busy", "true");
    clearTimeout(waiting);
    waiting = setTimeout(look, 300);
  });
}
