"""Many tickets at once: what each is about, where it goes, and what to ask for."""
