"""What `lingkar` can do, a module for each noun that people type after it."""
