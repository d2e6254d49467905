"""What a complete bundle holds, and the script that collects it."""
