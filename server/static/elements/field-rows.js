// <field-rows data-remove="Remove">: rows are added and taken away at once, without asking the server for the form anew.
// Without JavaScript the button "Add another" does that, and an emptied row is one taken away.

class FieldRows extends HTMLElement {
  connectedCallback() {
    if ("single" in this.dataset) return;
    for (const row of this.#rows()) this.#removable(row);
    this.querySelector("button.more").addEventListener("click", (event) => {
      event.preventDefault();
      this.#add();
    });
  }

  #rows() {
    return [...this.querySelectorAll(":scope > .row")];
  }

  #add() {
    const rows = this.#rows();
    const row = rows[rows.length - 1].cloneNode(true);
    row.querySelector(".remove")?.remove();
    row.querySelector(".suggestions")?.remove();
    for (const control of row.querySelectorAll("input, textarea, select:not(.tongue)")) {
      control.value = "";
      for (const name of ["aria-invalid", "aria-describedby"]) control.removeAttribute(name);
    }
    rows[rows.length - 1].after(row);
    this.#removable(row);
    row.querySelector("input, textarea, select").focus();
  }

  #removable(row) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet remove";
    button.textContent = this.dataset.remove;
    const label = row.querySelector("[aria-label]")?.getAttribute("aria-label");
    if (label) button.setAttribute("aria-label", `${this.dataset.remove}: ${label}`);
    button.addEventListener("click", () => this.#remove(row));
    row.append(button);
  }

  #remove(row) {
    if (this.#rows().length > 1) {
      const next = row.nextElementSibling ?? row.previousElementSibling;
      row.remove();
      next.querySelector("input, textarea, select")?.focus();
      return;
    }
    for (const control of row.querySelectorAll("input, textarea, select:not(.tongue)")) control.value = "";
  }
}

customElements.define("field-rows", FieldRows);
