"""Papers: a case as a document, made once as a value and shown as a page, as PDF and as DOCX, which say the same."""
