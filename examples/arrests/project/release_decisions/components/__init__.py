"""Components chosen for this project; each module stands alone and says which source it follows."""
