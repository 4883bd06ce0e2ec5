// The chat without reloading: sends, shows what failed and keeps its text. Every form also works without this.
(() => {
  "use strict";
  const newsbot = window.newsbot;

  function problem(form, text) {
    const note = form.querySelector("[data-problem]");
    if (note) note.textContent = text;
  }

  function answering(form, message, label, prefix) {
    const target = form.elements.replyTo;
    const note = form.querySelector("[data-answering]");
    target.value = message ?? target.dataset.default ?? "";
    form.elements.prefix.value = prefix ?? "";
    note.textContent = "";
    if (!label) return;
    const name = document.createElement("bdi");
    name.textContent = label;
    const cancel = document.createElement("button");
    cancel.type = "button";
    cancel.className = "link";
    cancel.textContent = "Cancel";
    cancel.addEventListener("click", () => {
      answering(form);
      form.elements.text.focus();
    });
    note.append("Answering ", name, " · ", cancel);
  }

  function show(html) {
    const stream = document.getElementById("messages");
    document.getElementById("answer")?.remove();
    stream.insertAdjacentHTML("beforeend", html);
    const answer = document.getElementById("answer");
    answer.setAttribute("data-kept", "");
    newsbot.localise(answer);
    // What is taller than its place is read from its beginning.
    const isTall = answer.offsetHeight > stream.parentElement.clientHeight || answer.offsetHeight > innerHeight;
    answer.scrollIntoView({ block: isTall ? "start" : "nearest" });
  }

  async function send(form) {
    const text = form.elements.text;
    if (form.dataset.busy || !text.value.trim()) return;
    const button = form.querySelector("button.go");
    form.dataset.busy = "1";
    button.textContent = "Sending…";
    problem(form, "");
    try {
      const body = new FormData(form);
      body.set("fragment", "1");
      const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
      const said = await answer.text();
      if (!answer.ok) {
        problem(form, said && said.length < 500 ? said : `Not sent: the server answered ${answer.status}. Your text is still here; try again.`);
        return;
      }
      text.value = "";
      form.elements.key.value = crypto.getRandomValues(new Uint32Array(4)).join("-");
      answering(form);
      if (answer.status === 200 && said) show(said);
      await newsbot.refreshAll();
    } catch {
      problem(form, "Not sent: the server cannot be reached. Your text is still here; try again.");
    } finally {
      delete form.dataset.busy;
      button.textContent = "Send";
      text.focus({ preventScroll: true });
    }
  }

  // A button of an answer runs its command; what stands half written in the box stays there.
  async function run(command) {
    const form = document.querySelector('[data-send="stream"]');
    const text = form.elements.text;
    const draft = text.value;
    text.value = command;
    await send(form);
    text.value = text.value === command ? command : draft;
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-command]")) {
      event.preventDefault();
      run(form.elements.text.value);
      return;
    }
    if (!form.matches("[data-send]")) return;
    event.preventDefault();
    send(form);
  });

  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (field.tagName !== "TEXTAREA" || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    field.form.requestSubmit();
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    if (link.matches("[data-dismiss]")) {
      event.preventDefault();
      link.closest(".msg").remove();
      document.getElementById("say")?.focus();
    } else if (link.dataset.reply) {
      const form = document.querySelector(`[data-send="${link.dataset.place ?? "stream"}"]`);
      if (!form) return;
      event.preventDefault();
      answering(form, link.dataset.reply, link.dataset.label, link.dataset.prefix);
      form.elements.text.focus();
    }
  });

  // A picture that could not be had leaves no empty frame.
  document.addEventListener(
    "error",
    (event) => {
      if (event.target.matches?.(".card > img")) event.target.remove();
    },
    true,
  );

  document.addEventListener("fresh", (event) => {
    const title = event.target.querySelector("[data-title]");
    if (title) document.getElementById("th").textContent = title.dataset.title;
    const about = event.target.querySelector("[data-about]");
    if (about) document.querySelector("#main > header small").textContent = about.dataset.about;
  });

  document.addEventListener("DOMContentLoaded", () => {
    document.getElementById("answer")?.setAttribute("data-kept", "");
    // A browser that goes to a place in the page leaves the field for editing without its focus.
    document.querySelector("form.edit textarea, form.edit button")?.focus({ preventScroll: true });
    // Those that failed before this was here to hear of it.
    for (const picture of document.querySelectorAll(".card > img")) {
      if (picture.currentSrc && picture.complete && picture.naturalWidth === 0) picture.remove();
    }
    // On a phone the whole page scrolls, and the newest message is at its end.
    if (!location.hash && matchMedia("(max-width:62rem)").matches) scrollTo(0, document.body.scrollHeight);
  });
})();
