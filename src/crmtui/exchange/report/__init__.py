"""Reports: one document, written as Markdown, as a page of HTML, or as lines for a terminal."""
