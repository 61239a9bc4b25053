"""How the documents of this project speak: English."""

from __future__ import annotations

#: Who can fill a blank.
ROLES = {
    "product_owner": "the product owner",
    "data_scientist": "the data scientist",
    "ml_engineer": "the ML engineer",
    "data_engineer": "the data engineer",
    "security": "the security officer",
    "legal": "the legal department",
    "operations": "operations",
    "everyone": "the team",
}

PHASES = {
    "analysis": "analysis",
    "data": "data",
    "training": "training",
    "evaluation": "evaluation",
    "deployment": "deployment",
    "operation": "operation",
}

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def say(english: str, french: str) -> str:
    """The text in the language of this project."""
    return english


def day(text: str) -> str:
    """A day such as 2027-12-02 in words; nothing for nothing."""
    if not text:
        return ""
    year, month, number = text.split("-")
    return f"{int(number)} {MONTHS[int(month) - 1]} {year}"


def number(value: object) -> str:
    """A figure as it is written in this language, "cannot tell" where there is none, any other value as it is."""
    if value is None:
        return "cannot tell"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:.3f}" if value == 0 or abs(value) >= 0.001 else f"{value:.1e}"
    return str(value)
