"""Word documents (.docx): one place where a name can hide a file."""
