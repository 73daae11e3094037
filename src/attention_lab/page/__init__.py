"""What runs in the reader's browser: the playground, the cells, and a small stand-in for torch."""
