"""What is kept and what is shown: originals, the database, the public copy."""
