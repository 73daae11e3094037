"""What gradient descent finds: that it finds it again, and with every seed."""
