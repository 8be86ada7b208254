"""What holds in every meeting: `machine.py` lives through meetings, the other files say what must be true of them."""
