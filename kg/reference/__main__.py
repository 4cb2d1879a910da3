"""`python -m kg.reference`: makes the tables of places in ontology/reference anew."""

import datetime as dt

from kg.reference.rebuild import rebuild
from kg.resources import tree


def main() -> None:
    """Writes the tables and says how many rows each has."""
    for name, rows in rebuild(tree("ontology") / "reference", dt.date.today()).items():
        print(f"{name}.tsv: {rows:,} units")


if __name__ == "__main__":
    main()
