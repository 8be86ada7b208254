"""Sound: what people say is forwarded as it came, and only while the floor is theirs."""
