COLUMNS = ['age', 'class_weight', 'scale_pos_weight']
table = table[COLUMNS]
