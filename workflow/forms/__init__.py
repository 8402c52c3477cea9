"""Forms of the acts: what people write beside the parts. They read and give values, and never write."""
