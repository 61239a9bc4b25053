HEADER = "eyJhbGciOiJIUzI1NiJ9"
WORDS = ["eyJ", "eye"]


def is_web_token(text):
    return text.startswith("eyJ") and text.count(".") == 2
