"""Other matters: what a body decides on beside the satsningar, with the same papers, paragraph and extract."""
