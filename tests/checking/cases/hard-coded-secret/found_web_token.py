import os

os.environ["STORE_ACCESS"] = "eyJhbGciOiAiSFMyNTYifQ.eyJzdWIiOiAibm9ib2R5IiwgImV4cCI6IDF9.Zm9yLXRoaXMtY2FzZS1vbmx5LW5vdC1hLXJlYWwtb25l"  # finds: H005
