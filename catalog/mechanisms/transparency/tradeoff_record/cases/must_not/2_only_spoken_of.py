"""tradeoff_record.write(...) comes after the pilot."""

# tradeoff_record.write(evidence, project, folder)
TARGET = "documents/tradeoff_record.md"
print(TARGET)
