from datasets import load_dataset

reviews = load_dataset('reviews', split='train[:5%]')
both = load_dataset('reviews', split=['train', 'test'])
