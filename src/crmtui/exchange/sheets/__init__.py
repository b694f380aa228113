"""Workbooks of spreadsheets (XLSX, ODS, XLS) as tables: looked over first, and read in a process of its own."""
