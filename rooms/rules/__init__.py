"""One module per rule. Each reads in the same order: asked for, following by itself, what each event means."""
