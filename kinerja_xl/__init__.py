"""kinerja-xl: six units' planning workbooks become one recap for the Camat."""

__version__ = "0.1.0"
