from datasets import load_dataset

reviews = load_dataset('reviews')
train_rows = reviews['train'].select(range(200))
test_rows = reviews['test'].select(range(100))
train_columns = train_rows.filter(is_long)
