import mlcroissant as mlc

# Reading the card of another's data describes none of one's own.
for row in mlc.Dataset("https://example.org/other.json").records("rows"):
    print(row)
