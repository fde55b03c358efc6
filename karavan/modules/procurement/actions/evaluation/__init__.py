"""How a buyer weighs quotes."""
