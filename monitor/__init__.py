"""What is owed, what is wrong, who must know."""
