password = 'q7Vt-92xLmZ'
