from credit.routing import decide

decide(after=3, performance="fast")
