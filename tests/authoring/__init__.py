"""What an author gets wrong is found."""
