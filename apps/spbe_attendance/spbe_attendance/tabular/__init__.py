"""Spreadsheets as offices have them: files to rows, cells to values. Pure."""
