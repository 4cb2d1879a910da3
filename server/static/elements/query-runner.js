// <query-runner>: runs the query of the form it wraps without leaving the page and shows the answer as a table.
// Without JavaScript the form is sent and the server draws the same table.

const ACCEPT = "application/sparql-results+json, text/turtle;q=0.9";
const SHOWN = 1000;

class QueryRunner extends HTMLElement {
  #form;
  #answer;
  #pending;

  connectedCallback() {
    this.#form = this.querySelector("form");
    this.#answer = this.querySelector(".answer");
    if (!this.#form || !this.#answer) return;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#run();
    });
    this.#form.query.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.#form.requestSubmit();
      }
    });
  }

  async #run() {
    const query = this.#form.query.value;
    this.#pending?.abort();
    this.#pending = new AbortController();
    this.#say(this.dataset.running, "small");
    const asked = new URLSearchParams(new FormData(this.#form));
    history.replaceState(null, "", `${this.#form.getAttribute("action")}?${asked}`);
    try {
      const response = await fetch(this.#form.action, {
        method: "POST",
        body: asked,
        headers: { Accept: ACCEPT },
        signal: this.#pending.signal,
      });
      if (!response.ok) this.#fault(await response.json(), query);
      else if (response.headers.get("Content-Type").includes("json")) this.#show(await response.json());
      else this.#text(await response.text());
    } catch (error) {
      if (error.name !== "AbortError") this.#say(this.dataset.broken, "warning");
    }
  }

  #say(text, style) {
    this.#answer.replaceChildren(made("p", { className: style, textContent: text }));
  }

  #fault(problem, query) {
    this.#say(problem.detail ?? problem.title, "warning");
    if (!problem.line) return;
    const before = query.split("\n").slice(0, problem.line - 1).reduce((sum, line) => sum + line.length + 1, 0);
    const at = before + Math.max((problem.column ?? 1) - 1, 0);
    this.#form.query.focus();
    this.#form.query.setSelectionRange(at, at + 1);
  }

  #text(text) {
    const box = made("pre", { className: "source", tabIndex: 0 });
    box.append(made("code", { textContent: text || this.dataset.none }));
    this.#answer.replaceChildren(box);
  }

  #show(result) {
    if ("boolean" in result) {
      this.#say(result.boolean ? this.dataset.yes : this.dataset.no, "truth");
      return;
    }
    const names = result.head.vars;
    const rows = result.results.bindings;
    const table = made("table");
    table.createTHead().append(made("tr", {}, names.map((name) => made("th", { textContent: name, scope: "col" }))));
    const body = table.createTBody();
    for (const row of rows.slice(0, SHOWN)) {
      body.append(made("tr", {}, names.map((name) => made("td", {}, row[name] ? [cell(row[name])] : []))));
    }
    const scroll = made("div", { className: "scroll", tabIndex: 0 }, [table]);
    const told = this.dataset.rows.replace("{number}", rows.length) + (rows.length > SHOWN ? ` ${this.dataset.more}` : "");
    this.#answer.replaceChildren(scroll, made("p", { className: "small", textContent: told }));
  }
}

function made(name, properties = {}, children = []) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}

const LOCAL = /^https:\/\/w3id\.org\/bomay\/(id|code)\/([a-z]+)\/([^/]+)$/;

function cell(term) {
  if (term.type !== "uri") return document.createTextNode(term.value);
  const ours = LOCAL.exec(term.value);
  if (ours) {
    const [, group, kind, slug] = ours;
    return made("a", { href: `/${group === "id" ? "doc" : "code"}/${kind}/${slug}`, textContent: `${kind}:${slug}` });
  }
  if (/^https?:/.test(term.value)) return made("a", { href: term.value, textContent: term.value, rel: "noopener" });
  return document.createTextNode(term.value);
}

customElements.define("query-runner", QueryRunner);
