// <review-desk>: the form that it wraps, with keys, and with text and facts tied to each other under pointer and focus.
// Without JavaScript the form is sent as it is; fields for correcting then come with a button of each fact.

const VERDICTS = { a: "accept", r: "reject", e: "correct", w: "" };
const TYPING = "textarea, select, input:not([type=radio], [type=checkbox]), [contenteditable]";
const OWN_ENTER = "a, button, summary, select, textarea";
const DWELL = 120; // ms that the pointer rests before the other side is moved

const numbers = (text) => (text ?? "").split(" ").filter(Boolean).map(Number);
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

class ReviewDesk extends HTMLElement {
  #form;
  #facts = new Map();
  #pieces;
  #current;
  #lit = [];
  #timer;

  connectedCallback() {
    this.#form = this.querySelector("form");
    if (!this.#form) return;
    for (const fact of this.querySelectorAll(".fact")) this.#facts.set(Number(fact.id.slice(5)), fact);
    this.addEventListener("mouseover", (event) => this.#pointed(event.target, DWELL));
    this.addEventListener("mouseleave", () => this.#pointed(this, DWELL));
    this.addEventListener("focusin", (event) => {
      const fact = event.target.closest(".fact");
      if (fact) this.#become(fact);
      this.#pointed(event.target, 0);
    });
    if (!this.#form.elements.digest) return;
    this.#form.addEventListener("change", (event) => this.#changed(event.target));
    this.#form.addEventListener("submit", (event) => this.#check(event));
    this.addEventListener("pick", (event) => this.#picked(event));
    for (const input of this.querySelectorAll(".said input")) this.#search(input);
    document.addEventListener("keydown", (event) => this.#key(event));
    this.#count();
  }

  // What is pointed at lights what the other side has of it.

  #pointed(target, wait) {
    const piece = target.closest(".m");
    const fact = piece ? null : target.closest(".fact");
    clearTimeout(this.#timer);
    for (const one of this.#lit) one.classList.remove("lit", "hit");
    this.#lit = [];
    if (piece) this.#light(this.#factsOf(piece), wait, false);
    else if (fact) this.#light([fact], wait, true);
  }

  #light(facts, wait, fromFact) {
    const [shown] = facts;
    const saying = this.#piecesOf(shown?.dataset.saying);
    const naming = this.#piecesOf(shown?.dataset.naming);
    this.#lit = [...facts, ...saying, ...naming];
    for (const one of this.#lit) one.classList.add("lit");
    for (const one of naming) one.classList.add("hit");
    const there = fromFact ? (naming[0] ?? saying[0]) : facts[0];
    if (there) this.#timer = setTimeout(() => this.#show(there), wait);
  }

  #index() {
    if (this.#pieces) return;
    this.#pieces = new Map();
    for (const piece of this.querySelectorAll(".m")) {
      for (const mark of numbers(piece.dataset.m)) {
        if (!this.#pieces.has(mark)) this.#pieces.set(mark, []);
        this.#pieces.get(mark).push(piece);
      }
    }
  }

  #piecesOf(marks) {
    this.#index();
    return numbers(marks).flatMap((mark) => this.#pieces.get(mark) ?? []);
  }

  // The facts of the innermost mark over a piece, those that are called in the fewest words first.
  #factsOf(piece) {
    const innermost = numbers(piece.dataset.m).at(-1);
    const marks = (fact) => numbers(`${fact.dataset.saying ?? ""} ${fact.dataset.naming ?? ""}`);
    const length = (fact) => fact.querySelector("h3").textContent.length;
    return [...this.#facts.values()]
      .filter((fact) => marks(fact).includes(innermost))
      .sort((one, other) => length(one) - length(other));
  }

  #show(there) {
    const face = there.closest(".words, .facts-list");
    if (face.scrollHeight <= face.clientHeight) return; // on a narrow page both sides are in one column
    const inside = face.getBoundingClientRect();
    const at = there.getBoundingClientRect();
    if (at.top < inside.top || at.bottom > inside.bottom) face.scrollTop += at.top - inside.top - face.clientHeight / 4;
  }

  // Keys.

  #key(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest?.(TYPING);
    if (event.key === "Escape" && typing && this.contains(typing)) {
      (typing.closest(".fact") ?? this.#current)?.focus();
      return;
    }
    if (event.key === "Enter" && typing?.closest(".said")) {
      event.preventDefault(); // a field of a correction does not send the form
      return;
    }
    if (typing) return;
    if (event.key === "Enter") {
      if (event.target.closest?.(OWN_ENTER)) return;
      event.preventDefault();
      this.#form.requestSubmit(this.querySelector("#apply"));
    } else if (event.key === "?") {
      const keys = this.querySelector("#keys");
      keys.open = !keys.open;
    } else if (event.key === "j" || event.key === "k") {
      event.preventDefault();
      this.#move(event.key === "j" ? 1 : -1);
    } else if (event.key in VERDICTS && this.#current) {
      event.preventDefault();
      this.#decide(this.#current, VERDICTS[event.key]);
    }
  }

  #move(step) {
    const all = [...this.#facts.values()];
    const at = all.indexOf(this.#current);
    const next = all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "nearest" });
  }

  #become(fact) {
    this.#current?.classList.remove("current");
    this.#current = fact;
    fact.classList.add("current");
  }

  // Verdicts.

  #verdict(fact) {
    return fact.querySelector(".verdict input:checked")?.value ?? "";
  }

  #set(fact, verdict) {
    const radio = fact.querySelector(`.verdict input[value="${verdict}"]`);
    if (radio) radio.checked = true;
  }

  #decide(fact, verdict) {
    this.#set(fact, verdict);
    this.#decided(fact);
    if (verdict === "correct") fact.querySelector(".said input")?.focus();
  }

  #changed(target) {
    const fact = target.closest(".verdict")?.closest(".fact");
    if (fact) this.#decided(fact);
    else this.#count();
  }

  #decided(fact) {
    const verdict = this.#verdict(fact);
    let along = "";
    if (verdict === "correct") this.#open(fact);
    if (verdict === "accept" || verdict === "correct") along = this.#follow(fact, "needs", "accept");
    if (verdict === "reject") along = this.#follow(fact, "neededBy", "reject");
    this.querySelector(".said-along").textContent = along;
    this.#count();
  }

  // What a fact needs is accepted along, what needs it rejected along, where that was not decided on.
  #follow(fact, way, verdict) {
    let set = 0;
    for (const other of this.#closure(fact, way)) {
      if (this.#verdict(other) === "") {
        this.#set(other, verdict);
        set += 1;
      }
    }
    return set ? filled(this.dataset[verdict === "accept" ? "alongAccept" : "alongReject"], { number: set }) : "";
  }

  #closure(fact, way) {
    const found = new Set();
    const wanted = [fact];
    while (wanted.length) {
      for (const number of numbers(wanted.pop().dataset[way])) {
        const other = this.#facts.get(number);
        if (other && other !== fact && !found.has(other)) {
          found.add(other);
          wanted.push(other);
        }
      }
    }
    return found;
  }

  #count() {
    const counts = { accepted: 0, corrected: 0, rejected: 0, waiting: 0 };
    const names = { accept: "accepted", correct: "corrected", reject: "rejected", "": "waiting" };
    const refused = new Set();
    for (const fact of this.#facts.values()) {
      const verdict = this.#verdict(fact);
      counts[names[verdict]] += 1;
      if (verdict === "reject") refused.add(fact);
    }
    for (const fact of this.#facts.values()) this.#warn(fact, refused);
    this.querySelector(".tally").textContent = filled(this.dataset.counts, counts);
    this.#form.elements.reason.required = refused.size > 0 || this.#form.elements.rest.value === "reject";
  }

  #warn(fact, refused) {
    const trouble = fact.querySelector(".trouble");
    const verdict = this.#verdict(fact);
    const names =
      refused.size && (verdict === "accept" || verdict === "correct")
        ? numbers(fact.dataset.needs)
            .map((number) => this.#facts.get(number))
            .filter((need) => refused.has(need))
            .map((need) => need.querySelector("h3").lastChild.textContent.trim() || need.querySelector("h3 a").textContent)
        : [];
    if (names.length) trouble.textContent = filled(this.dataset.needsRejected, { names: names.join(", ") });
    else if (trouble.textContent && !trouble.hidden) trouble.textContent = "";
    trouble.hidden = !trouble.textContent;
  }

  #check(event) {
    const reason = this.#form.elements.reason;
    if (event.submitter?.name || !reason.required || reason.value.trim()) return;
    event.preventDefault();
    reason.focus();
  }

  // Corrections: a field in the place of each value.

  #open(fact) {
    const said = fact.querySelector(".said");
    if (said.querySelector("input")) return;
    for (const value of said.querySelectorAll("[data-key]")) {
      const stated = value.querySelector(".stated");
      const words = value.dataset.given ?? (stated.querySelector("a") ?? stated).firstChild?.textContent ?? "";
      const label = value.parentElement.querySelector("dt").textContent;
      this.#search(this.#field(value, `fix:${value.dataset.key}`, words, label, value.dataset.pick));
    }
    if (said.dataset.same) {
      const row = document.createElement("div");
      row.className = "same";
      row.append(document.createElement("dt"), document.createElement("dd"));
      row.firstChild.textContent = this.dataset.same;
      said.append(row);
      const input = this.#field(row.lastChild, said.dataset.same, "", this.dataset.same, said.dataset.sameKind);
      input.placeholder = this.dataset.sameHelp;
      this.#search(input);
    }
  }

  #field(where, name, words, label, pick) {
    const input = document.createElement("input");
    Object.assign(input, { name, value: words, autocomplete: "off", title: this.dataset.empty });
    input.setAttribute("aria-label", label);
    if (pick) input.dataset.pick = pick;
    where.append(input);
    return input;
  }

  // A field for a thing suggests those there are.
  #search(input) {
    if (!input.dataset.pick) return;
    input.id ||= input.name.replace(/\W/g, "-");
    const box = document.createElement("search-box");
    Object.assign(box.dataset, { source: this.dataset.search, kind: input.dataset.pick, picks: "" });
    const [where, next] = [input.parentElement, input.nextSibling];
    box.append(input);
    where.insertBefore(box, next);
  }

  #picked(event) {
    const where = event.target.parentElement;
    const told = where.querySelector(".picked") ?? document.createElement("small");
    told.className = "picked";
    told.textContent = event.detail.label;
    where.append(told);
  }
}

customElements.define("review-desk", ReviewDesk);
