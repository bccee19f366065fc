/* Part of `briefgen serve`: reloads the page when it has changed, takes over style sheets without
   reloading, and shows in an overlay what keeps the site from being built. Everything that is
   shown is set as text, never as markup. */
(() => {
  "use strict";

  const script = document.currentScript;
  const version = script.dataset.version;
  const style = new URL("overlay.css", script.src).href;
  const page = encodeURIComponent(location.pathname);
  const address = new URL("socket?page=" + page, script.src.replace(/^http/, "ws")).href;
  const openedKey = "briefgen-opened";
  const longestPause = 5000; // milliseconds
  let pause = 200;
  let styles = script.dataset.styles;
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

  // Where the reader was, a browser finds again by itself; what they opened, it does not.
  function keepOpened() {
    const open = Array.from(document.querySelectorAll("details"), (one) => one.open);
    sessionStorage.setItem(openedKey, JSON.stringify({ path: location.pathname, open }));
  }

  function openAgain() {
    const kept = JSON.parse(sessionStorage.getItem(openedKey));
    sessionStorage.removeItem(openedKey);
    const details = document.querySelectorAll("details");
    if (kept?.path !== location.pathname || kept.open.length !== details.length) return;
    details.forEach((one, n) => { one.open = kept.open[n]; });
  }

  function sheets() {
    const links = Array.from(document.querySelectorAll("link[rel~=stylesheet]"));
    return links.map((link) => ({ link, url: new URL(link.href) }))
      .filter(({ url }) => url.origin === location.origin);
  }

  // A sheet goes when the one in its place has come, so that the page is never without.
  function swapStyles() {
    for (const { link, url } of sheets()) {
      const made = link.cloneNode();
      const isReplaced = (one) => one.url.pathname === url.pathname && one.link !== made;
      url.searchParams.set("styles", styles);
      made.href = url.href;
      made.addEventListener("load", () => sheets().filter(isReplaced).forEach((one) => one.link.remove()));
      made.addEventListener("error", () => made.remove());
      link.after(made);
    }
  }

  function take(state) {
    if (state.version !== version) {
      keepOpened();
      location.reload();
      return;
    }
    if (state.styles !== styles) {
      styles = state.styles;
      swapStyles();
    }
    show(state.problems);
  }

  function connect() {
    const socket = new WebSocket(address);
    socket.addEventListener("open", () => { pause = 200; });
    socket.addEventListener("message", (event) => take(JSON.parse(event.data)));
    socket.addEventListener("close", () => {
      setTimeout(connect, pause);
      pause = Math.min(pause * 2, longestPause);
    });
  }

  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  openAgain();
  connect();
})();
