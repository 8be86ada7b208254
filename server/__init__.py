"""The only code that does anything: sockets, disk, clocks, the command line. Imports `rooms` and `protocol`."""
