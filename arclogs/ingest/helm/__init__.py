"""Output of helm and of Argo CD."""
