from watch.drift import compare

said = compare(reference, window, limit=0.2)
