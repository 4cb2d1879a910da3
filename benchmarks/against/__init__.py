"""Other servers of SPARQL on the same data, on the same machine."""
