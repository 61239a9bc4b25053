from pathlib import Path

Path("tradeoff.txt").write_text("accuracy fell\n")


class tradeoff_record:  # noqa: N801
    """A row in our own book-keeping."""

    def save(self):
        return None


tradeoff_record().save()
