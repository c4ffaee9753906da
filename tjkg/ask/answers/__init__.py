"""What is answered for each intent: one small function an intent, over a question read."""
