"""HTML bodies to lines: `page.page_lines`."""
