// The clause panel, copying, and the keyboard. Reads only what the server rendered and cleaned;
// nothing is evaluated, and text is set as text.
"use strict";

(() => {
  const NARROW = window.matchMedia("(max-width: 900px)");
  const UNREACHABLE = "无法取得条款：服务可能已停止，请确认策问仍在运行后重试。";
  const NO_REPLY = "没有得到回应：服务可能正忙或已停止，请稍后重试。";

  let opener = null; // the link that opened the panel; focus goes back to it
  let loading = null; // the request under way, so that a slow one cannot overtake a later one

  const make = (tag, attributes = {}, text = "") => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.textContent = text;
    return element;
  };

  const panel = make("aside", { id: "panel", "aria-label": "条款原文", hidden: "" });
  const close = make("button", { type: "button", class: "close", "aria-label": "关闭条款（Esc）" }, "×");
  const content = make("div", { class: "content" });
  panel.append(close, content);
  const news = make("div", { id: "news", class: "unseen", "aria-live": "polite" });
  const trouble = make("div", { id: "trouble", role: "alert", hidden: "" });
  document.body.append(panel, news, trouble);

  const page = () => document.querySelector("gradio-app") ?? document.body.firstElementChild;

  // The panel

  const openPanel = async (address, from) => {
    loading?.abort();
    loading = new AbortController();
    const { signal } = loading;
    try {
      const response = await fetch(address, { signal, headers: { accept: "text/html" } });
      const fetched = new DOMParser().parseFromString(await response.text(), "text/html");
      const found = fetched.querySelector("article, section.failed");
      if (!found) throw new Error("no clause in the reply");
      show(document.importNode(found, true), from);
    } catch (error) {
      if (!signal.aborted) show(make("p", { class: "failed", tabindex: "-1" }, UNREACHABLE), from);
    }
  };

  const show = (article, from) => {
    if (from) remember(from);
    content.replaceChildren(article);
    panel.hidden = false;
    document.body.classList.add("panel-open");
    if (page()) page().inert = NARROW.matches; // there it covers the page
    article.querySelector("#focus")?.scrollIntoView({ block: "start" });
    content.querySelector(".text mark")?.scrollIntoView({ block: "nearest" });
    content.querySelector(".place, .failed, .status")?.focus({ preventScroll: true });
  };

  const remember = (link) => {
    forget();
    opener = link;
    link.setAttribute("aria-current", "true");
  };

  // The link is gone: the answer it stood in was written on, or another one came

  const follow = (answer) => {
    const same = [...(answer?.querySelectorAll("a.cite, a.clause-link") ?? [])].find((link) => link.href === opener.href);
    if (same) remember(same);
    else closePanel();
  };

  const forget = () => {
    opener?.removeAttribute("aria-current");
    opener = null;
  };

  const closePanel = () => {
    loading?.abort();
    if (panel.hidden) return;
    panel.hidden = true;
    document.body.classList.remove("panel-open");
    if (page()) page().inert = false;
    content.replaceChildren();
    const back = opener;
    forget();
    if (back?.isConnected) back.focus();
  };

  const step = (which) => {
    const link = content.querySelector(`a.step.${which}`);
    if (link) openPanel(link.href).then(() => content.querySelector(`a.step.${which}`)?.focus());
  };

  // Copying

  const copyText = async (text) => {
    try {
      await navigator.clipboard.writeText(text); // only on https and on this machine
      return true;
    } catch {
      return copyBySelection(text);
    }
  };

  const copyBySelection = (text) => {
    const area = make("textarea", { class: "unseen", readonly: "" });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  };

  const copyAnswer = async (button) => {
    const answer = button.closest(".answer");
    const plain = answer.querySelector(".plain");
    const done = await copyText(plain.textContent);
    button.focus();
    plain.hidden = done; // where copying is forbidden the text is shown, to be copied by hand
    answer.querySelector(".copied").textContent = done ? "已复制" : "浏览器不允许复制，请选取下面的文字复制。";
  };

  // Events

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    const button = event.target.closest("button");
    if (button === close) closePanel();
    else if (button?.matches(".answer .copy")) copyAnswer(button);
    else if (button?.matches(".conversation .clear")) document.querySelector("#clear")?.click();
    else if (button?.matches(".answer .stop")) document.querySelector("#stop")?.click();
    const link = event.target.closest("a.cite, a.clause-link, #panel a.step");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (link.matches(".step")) step(link.classList.contains("previous") ? "previous" : "following");
    else openPanel(link.href, link);
  });

  document.addEventListener("keydown", (event) => {
    if (panel.hidden || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) return;
    if (event.key === "Escape") closePanel();
    else if (!panel.contains(document.activeElement)) return;
    else if (event.key === "ArrowLeft") step("previous");
    else if (event.key === "ArrowRight") step("following");
    else return;
    event.preventDefault();
  });

  NARROW.addEventListener("change", () => {
    if (page()) page().inert = NARROW.matches && !panel.hidden;
  });

  // A new answer: the panel belongs to the old one, and who listens is told the outcome.
  // Whatever Gradio says in a pop-up of its own (page.css hides it) is that nobody replied.

  let answered = null;
  let isTroubled = false;

  const look = () => {
    const answer = document.querySelector("#answer .answer:not(.writing)"); // which is no answer yet
    if (answer !== answered) {
      answered = answer;
      if (opener && !opener.isConnected) follow(answer);
      news.textContent = answer?.querySelector(".status")?.textContent ?? "";
    }
    const isNow = document.querySelector(".toast-wrap .toast-body") !== null;
    if (isNow !== isTroubled) {
      isTroubled = isNow;
      trouble.textContent = isNow ? NO_REPLY : "";
      trouble.hidden = !isNow;
    }
  };

  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
})();
