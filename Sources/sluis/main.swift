print("sluis")
