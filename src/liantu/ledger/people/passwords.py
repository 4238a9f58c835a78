"""What a password must not be, beyond Django's own rules."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST_RUN = 4


class NotTheName:
    """The password must not hold the user name, the person's name or the office's."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError."""
        if user is None:
            return
        account = getattr(user, "account", None)
        names = [user.get_username()]
        if account is not None:
            names += [
                account.full_name,
                account.office.name if account.office else "",
                account.office.short if account.office else "",
            ]
        folded = password.casefold()
        if any(len(name) >= 2 and name.casefold() in folded for name in names):
            raise ValidationError(_("密码里不能有用户名、姓名或单位名称，请换一个。"), code="password_has_name")

    def get_help_text(self) -> str:
        """For the form."""
        return _("不能含有用户名、姓名或单位名称。")


class NotASequence:
    """The password must not be one character, or a run such as 12345678 or abcdefgh, over and over."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError."""
        steps = {ord(b) - ord(a) for a, b in pairwise(password)}
        if len(set(password)) <= LONGEST_RUN or steps <= {1} or steps <= {-1} or re.fullmatch(r"(.{1,4})\1+", password):
            raise ValidationError(_("密码太有规律（重复或连续的字符），请换一个。"), code="password_is_sequence")

    def get_help_text(self) -> str:
        """For the form."""
        return _("不能是重复或连续的字符。")
