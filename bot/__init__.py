"""HOW one talks: conversation, understanding, channels, storage, journal."""
