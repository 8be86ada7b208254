"""What crosses the wire between a browser and the server, declared once. Imports msgspec only."""
