// <query-editor>: the form of the SPARQL page with an editor (YASQE) in the place of its text box and the answer (YASR)
// below it. Without this script the same form is sent and the server draws the answer.

import Yasgui from "@zazuko/yasgui";
import "@zazuko/yasgui/build/yasgui.min.css";
import "./editor.css";
import { declarePrefixes, registerCompleters } from "./completion.js";
import { resultsIn } from "./results.js";

const { Yasqe, Yasr } = Yasgui;
const GUTTER = "gutterErrorBar";

class QueryEditor extends HTMLElement {
  #settings;
  #form;
  #answer;
  #yasqe;
  #yasr;
  #pending;
  #marks = [];

  connectedCallback() {
    this.#settings = JSON.parse(this.dataset.settings);
    this.#form = this.querySelector("form");
    this.#answer = this.querySelector(".answer");
    registerCompleters(Yasqe, { ...this.#settings, language: document.documentElement.lang });
    this.#draw();
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#run();
    });
    this.#examples();
    const added = declarePrefixes(this.#yasqe, this.#settings.prefixes);
    const fault = this.#answer.querySelector("[data-line]");
    if (fault) this.#mark({ line: Number(fault.dataset.line) + added, column: fault.dataset.column }, fault.textContent);
    this.#link();
  }

  #draw() {
    const text = this.#form.query;
    const place = document.createElement("div");
    text.after(place);
    text.hidden = true;
    text.required = false;
    this.#yasqe = new Yasqe(place, {
      value: text.value,
      persistenceId: null,
      createShareableLink: null,
      consumeShareLink: null,
      showQueryButton: false,
      editorHeight: "auto",
      resizeable: false,
      viewportMargin: Infinity,
      autocompleters: ["prefixes", "property", "class", "variables", "thing"],
      extraKeys: { "Ctrl-Enter": () => this.#form.requestSubmit(), "Cmd-Enter": () => this.#form.requestSubmit(), Tab: false, "Shift-Tab": false },
    });
    this.#yasqe.getInputField().setAttribute("aria-label", this.#settings.words.query);
    this.#yasqe.on("changes", (_, changes) => {
      if (changes.some(({ origin }) => origin === "paste")) declarePrefixes(this.#yasqe, this.#settings.prefixes);
      text.value = this.#yasqe.getValue();
      this.#unmark();
      this.#explain();
      this.#link();
    });
    this.#explain();
  }

  /** YASQE's own mark of a fault opens a box with inline styles, which the policy of the page forbids: a title says it. */
  #explain() {
    this.#yasqe.eachLine(({ gutterMarkers }) => {
      const mark = gutterMarkers?.[GUTTER];
      if (!mark?.onmouseover) return;
      mark.onmouseover = mark.onmouseout = null;
      mark.title = this.#settings.words.unexpected;
    });
  }

  /** The address of the query as it stands, with its time limit where it is not the usual one. */
  #address(more = {}) {
    const seconds = this.#form.timeout.value;
    const given = { query: this.#yasqe.getValue(), ...(seconds && Number(seconds) !== this.#settings.seconds ? { timeout: seconds } : {}), ...more };
    return `${this.#form.getAttribute("action")}?${new URLSearchParams(given)}`;
  }

  #link() {
    this.querySelector(".permalink").href = this.#address();
  }

  async #run() {
    const { words } = this.#settings;
    this.#pending?.abort();
    const pending = (this.#pending = new AbortController());
    this.#unmark();
    this.#say(words.running, "small");
    history.replaceState(null, "", this.#address());
    const isGraph = ["CONSTRUCT", "DESCRIBE"].includes(this.#yasqe.getQueryType());
    const begun = performance.now();
    try {
      const response = await fetch(this.#form.action, {
        method: "POST",
        body: new URLSearchParams(new FormData(this.#form)),
        headers: { "Accept-Language": document.documentElement.lang, Accept: isGraph ? "text/turtle, application/sparql-results+json;q=0.9" : "application/sparql-results+json, text/turtle;q=0.9" },
        signal: pending.signal,
      });
      if (!response.ok) return this.#fault(await response.json());
      const content = await response.text();
      this.#show(content, response, performance.now() - begun);
    } catch (error) {
      if (error.name !== "AbortError") this.#say(words.broken, "warning");
    }
  }

  #show(content, { status, headers }, duration) {
    const place = document.createElement("div");
    this.#yasr?.destroy();
    this.#answer.replaceChildren(place);
    this.#yasr = resultsIn(place, Yasr, this.#settings);
    this.#yasr.setResponse({ content: content || "\n", status, ok: true, headers }, duration);
    const isGraph = headers.get("Content-Type").startsWith("text/turtle");
    this.#downloads(this.#settings.formats[isGraph ? "graph" : "table"]);
  }

  #downloads(formats) {
    const line = document.createElement("p");
    line.className = "downloads";
    line.append(this.#settings.words.take);
    formats.forEach(([key, title], at) => {
      const link = Object.assign(document.createElement("a"), { href: this.#address({ format: key }), textContent: title });
      line.append(at ? " · " : " ", link);
    });
    this.#answer.append(line);
  }

  #fault(problem) {
    this.#say(problem.title, "warning");
    const told = document.createElement("p");
    told.textContent = problem.detail;
    this.#answer.firstChild.setAttribute("role", "alert");
    this.#answer.firstChild.append(told);
    if (problem.line) this.#mark(problem, problem.detail);
  }

  #say(text, style) {
    const box = document.createElement("div");
    box.className = style;
    const line = document.createElement("p");
    line.textContent = text;
    box.append(line);
    this.#answer.replaceChildren(box);
  }

  /** Shows where the service found a fault; lines and columns count from one. */
  #mark({ line, column }, detail) {
    const at = { line: Number(line) - 1, ch: Math.max(Number(column || 1) - 1, 0) };
    const sign = document.createElement("div");
    sign.className = "fault-sign";
    sign.textContent = "!";
    sign.title = detail;
    this.#yasqe.addLineClass(at.line, "background", "fault-line");
    this.#yasqe.setGutterMarker(at.line, GUTTER, sign);
    this.#marks.push(this.#yasqe.getDoc().markText(at, { line: at.line, ch: at.ch + 1 }, { className: "fault-place" }), at.line);
    this.#yasqe.scrollIntoView(at);
  }

  #unmark() {
    for (const mark of this.#marks.splice(0)) {
      if (typeof mark === "number") this.#yasqe.removeLineClass(mark, "background", "fault-line");
      else mark.clear();
    }
  }

  /** A list of the examples by topic above the editor, made of those that the page shows below. */
  #examples() {
    const choice = this.querySelector(".example-choice");
    for (const topic of document.querySelectorAll("[data-topic]")) {
      const group = Object.assign(document.createElement("optgroup"), { label: topic.dataset.topic });
      for (const example of topic.querySelectorAll("details")) {
        const option = new Option(example.querySelector("summary").textContent, example.querySelector("code").textContent);
        group.append(option);
        example.querySelector("a.more").addEventListener("click", (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          this.#take(option.value);
        });
      }
      choice.append(group);
    }
    choice.addEventListener("change", () => {
      if (choice.value) this.#take(choice.value);
    });
    choice.closest("p").hidden = false;
  }

  #take(query) {
    this.#yasqe.setValue(query);
    declarePrefixes(this.#yasqe, this.#settings.prefixes);
    this.#yasqe.scrollIntoView(0);
    this.#form.scrollIntoView({ block: "start" });
    this.#yasqe.focus();
  }
}

customElements.define("query-editor", QueryEditor);
