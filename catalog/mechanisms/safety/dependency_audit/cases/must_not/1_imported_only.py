from components.dependency_audit import audit  # noqa: F401

print("later")
