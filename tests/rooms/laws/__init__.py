"""What holds in every meeting: `machine.py` and `walk.py` live through meetings, the other files say what must hold."""
