import guardrails  # noqa: F401

print(answer)
