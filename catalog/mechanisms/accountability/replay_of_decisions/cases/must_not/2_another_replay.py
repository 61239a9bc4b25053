from collections import deque

# A replay buffer of reinforcement learning is another thing.
replay = deque(maxlen=100)
replay.append((0, 1, 0.5))
print(replay.popleft())
