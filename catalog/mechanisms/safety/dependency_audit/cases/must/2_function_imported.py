from pathlib import Path

from components.dependency_audit import audit as compare_with_known_flaws

print(compare_with_known_flaws(Path(__file__).parent, most_days=7)["because"])
