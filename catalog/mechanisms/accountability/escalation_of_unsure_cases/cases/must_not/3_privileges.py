import queue

review = queue.Queue()
review.put("code to read")
print("escalate_to_human", review.get())
