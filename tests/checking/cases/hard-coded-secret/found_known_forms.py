KEYS = [
    "AKIAQ3EGW7ZK5MJT2RVB",  # finds: H005
    "ghp_a8Kd02LsmQx7Rt5Vb1Nc9We3Yu6Io4PzHjGf",  # finds: H005
]
URL = "postgresql://app:s9Kq27xWv@db.internal:5432/people"  # finds: H005
