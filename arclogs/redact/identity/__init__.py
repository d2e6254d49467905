"""Names of people, organisations, repositories, hosts and addresses: what says whose bundle it is.

No secrets, and an analysis joins lines by them: so each becomes a name of the same form, the same one
wherever it stands, and those that rules look for (github.com, the metadata address) stay.
"""

from arclogs.redact.identity.anonymizer import Anonymizer
from arclogs.redact.identity.level import Level

__all__ = ["Anonymizer", "Level"]
