import re


def is_address(text):
    return re.fullmatch(r"[^@]+@[^@]+", text) is not None


print(is_address(input()))
