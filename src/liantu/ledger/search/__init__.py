"""Search over names, sentences and documents: any stretch of characters, from one character on, the same on both engines."""
