"""``python -m fatesline``."""

from fatesline.cli import main

if __name__ == "__main__":
    main()
