"""Reading a called meeting's papers: a matter a page, notes, read marks."""
