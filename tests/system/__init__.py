"""What Python alone cannot run: Chromium, Node, Comunica; after tests/system/install.sh."""
