words = 'a b c'.split()
path = name.split('/')
