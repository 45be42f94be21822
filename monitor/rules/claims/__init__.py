"""What the prose claims of tables 3 and 4: single claims, and passages that prove their subject."""
