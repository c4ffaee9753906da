"""An applicant as a box of possibilities: a profile, or conditions like age=80.., read and checked.

A person, a half-known person and a group are one thing: each variable has the values it may have.
What is stated as an alternative over several facts (“disabled”) makes several boxes.
"""

from __future__ import annotations

from tjkg.applicant.possibilities import Applicant, applicant, start
from tjkg.applicant.statements import Statement, conditions, profile, read_facts
from tjkg.applicant.values import ABOUTS, NO, YES

__all__ = [
    "ABOUTS", "NO", "YES", "Applicant", "Statement", "applicant", "conditions", "profile", "read_facts", "start",
]
