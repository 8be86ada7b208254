"""What a meeting is: frozen values and the rules between them. No clock, disk, network or randomness. Imports `protocol` only."""
