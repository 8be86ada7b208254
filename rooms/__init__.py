"""What a meeting is: frozen values and the rules between them. No clock, disk, network, chance. Imports `protocol`."""
