"""`lingkar doctor`: what is looked at on a machine, each kind in a module of its own.

No host is contacted but this machine and the one that `--public-url` names.
"""
