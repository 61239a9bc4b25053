def parted(words, size):
    head, tail = words[:size], words[size:]
    train = words[:size]
    more_train = words[size:]
    test = words[2 * size :]
    return head, tail, train, more_train, test
