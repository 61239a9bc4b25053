import textattack

attacker = textattack.Attacker(attack, data)
attacker.attack_dataset()
