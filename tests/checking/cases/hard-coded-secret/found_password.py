import psycopg2

connection = psycopg2.connect(user="app", password="q7Vt-92xLmZ")  # finds: H005
