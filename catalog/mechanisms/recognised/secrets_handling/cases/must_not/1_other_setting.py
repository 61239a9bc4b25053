import os

workers = int(os.getenv('WORKERS', '4'))
home = os.environ['HOME']
