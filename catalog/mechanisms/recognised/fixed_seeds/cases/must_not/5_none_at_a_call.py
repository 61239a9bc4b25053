def background(rows: "Optional[Table]" = None, most=100):
    return rows.sample(n=most, random_state=None)


background()
