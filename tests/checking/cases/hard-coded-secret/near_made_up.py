COLUMNS = {"password": "varchar(64)", "secret_key": "text"}
form.password.label = "Password 1"
password_rule = "at least 12 signs"
