import neptune

context = neptune.Context()
context.channel_send("loss", 0.3)
