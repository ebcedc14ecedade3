"""Exchange between town and mountain schools, in both directions at once."""
