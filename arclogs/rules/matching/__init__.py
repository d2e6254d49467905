"""One signal against a case: held, failed, or not to be told."""
