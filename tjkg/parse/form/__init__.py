"""The form of a plan: headings, outline, tables and their columns, rows, the list of services."""
