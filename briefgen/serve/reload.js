/* Part of `briefgen serve`: reloads the page when the site has changed, and shows in an overlay
   what keeps it from being built. Everything that is shown is set as text, never as markup. */
(() => {
  "use strict";

  const script = document.currentScript;
  const version = script.dataset.version;
  const style = new URL("overlay.css", script.src).href;
  const address = new URL("socket", script.src.replace(/^http/, "ws")).href;
  const longestPause = 5000; // milliseconds
  let pause = 200;
  let host = null;

  function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function row(problem) {
    const made = element("li", problem.level);
    const head = element("p", "head");
    head.append(
      element("span", "place", problem.place), " ",
      element("span", "code", problem.level + "[" + problem.code + "]"),
    );
    made.append(head, element("p", "message", problem.message));
    if (problem.frame) made.append(element("pre", "frame", problem.frame));
    if (problem.help) made.append(element("p", "help", problem.help));
    return made;
  }

  function hide() {
    if (host) host.remove();
    host = null;
  }

  function show(problems) {
    hide();
    if (!problems.length) return;
    host = document.createElement("div");
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = style;
    const box = element("section", "box");
    box.setAttribute("role", "alert");
    const close = element("button", "close", "Close");
    close.type = "button";
    close.addEventListener("click", hide);
    const list = element("ul", "list");
    list.append(...problems.map(row));
    box.append(close, element("h1", "title", "The last build failed; this page is the one before"), list);
    // A shadow tree, so that neither the theme nor the overlay restyles the other.
    host.attachShadow({ mode: "open" }).append(link, box);
    document.body.append(host);
  }

  function connect() {
    const socket = new WebSocket(address);
    socket.addEventListener("open", () => { pause = 200; });
    socket.addEventListener("message", (event) => {
      const state = JSON.parse(event.data);
      if (state.version === version) show(state.problems);
      else location.reload();
    });
    socket.addEventListener("close", () => {
      setTimeout(connect, pause);
      pause = Math.min(pause * 2, longestPause);
    });
  }

  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  connect();
})();
