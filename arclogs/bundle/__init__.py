"""Opens whatever was collected and yields its members, without ever writing one."""

from arclogs.bundle.bundle import Bundle
from arclogs.bundle.limits import Limits
from arclogs.bundle.member import Member

__all__ = ["Bundle", "Limits", "Member"]
