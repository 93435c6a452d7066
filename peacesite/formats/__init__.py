"""How dates are written, where Django's own forms are not ours."""
