"""A statement as a file of its own: HTML, PDF, DOCX, Akoma Ntoso, Markdown, JSON."""
