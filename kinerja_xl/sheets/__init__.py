"""What the workbooks hold: frozen declarations and the parsers of their cells. No input or output."""
