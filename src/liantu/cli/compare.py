"""`liantu compare`."""

from liantu.cli.diagnose import compare_command as command

__all__ = ["command"]
