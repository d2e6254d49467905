"""Lines of text: bytes, stamps, levels and what people paste around them."""
