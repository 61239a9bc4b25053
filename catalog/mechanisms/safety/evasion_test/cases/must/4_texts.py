import textattack
from service import data, model

recipe = textattack.attack_recipes.TextFoolerJin2019.build(model())
textattack.Attacker(recipe, data()).attack_dataset()
