from pathlib import Path

from loans.components import register_with_stages as register

print(register.move("3", "production", "A. Martin", "better than 2", Path(".")))
