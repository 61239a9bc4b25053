import os

os.environ["AWS_SECRET_ACCESS_KEY"] = "minio123"  # finds: H005
engine = connect(user="loans", password="admin2024")  # finds: H005
