"""How sheets are drawn: styles, pages, places, measures."""
