"""The command line: one module per command, files in, files out."""
