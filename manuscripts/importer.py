"""Who takes things in from the command line."""

from django.contrib.auth.models import User

IMPORTER = "importer"


def user_named(username: str) -> User:
    """The account of that name; IMPORTER, which cannot log in, is made if need be. Raises
    User.DoesNotExist."""
    if username != IMPORTER or User.objects.filter(username=IMPORTER).exists():
        return User.objects.get(username=username)
    user = User(username=IMPORTER, is_active=False)
    user.set_unusable_password()
    user.save()
    return user
