"""Links by mail to whoever sets a password: for those who are invited, and for those who forgot
theirs. No password is ever mailed, and none is known to an administrator who need not know it."""

from hashlib import sha256

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.tokens import PasswordResetTokenGenerator, default_token_generator
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from outbox.services import post
from revisions import audit
from serving.addresses import absolute

from . import sessions


class AlreadyHere(ValueError):
    """Whoever has a password needs no invitation."""


class NoAddress(ValueError):
    """There is no address to mail to."""


class InvitationTokens(PasswordResetTokenGenerator):
    """As Django's, good for INVITATION_TIMEOUT, void once a password was set or another invitation
    was sent."""

    _signer = TimestampSigner(salt="desk.invitation", sep=".")

    def make_token(self, user: User) -> str:
        """A token for that person as they are now."""
        return self._signer.sign(self._state(user))

    def check_token(self, user: User | None, token: str | None) -> bool:
        """Whether it is one, and still good."""
        if user is None or not token or len(token) > 200:
            return False
        try:
            state = self._signer.unsign(token, max_age=settings.INVITATION_TIMEOUT)
        except BadSignature:
            return False
        return is_invited(user) and constant_time_compare(state, self._state(user))

    @staticmethod
    def _state(user: User) -> str:
        told = f"{user.pk} {user.password} {user.email}"
        return salted_hmac("desk.invitation", told, algorithm="sha256").hexdigest()[:32]


invitations = InvitationTokens()


def is_invited(user: User) -> bool:
    """Whether that person may come, and has not been here yet."""
    return user.is_active and user.last_login is None and not user.has_usable_password()


def invite(user: User, *, by: User) -> None:
    """Mail somebody new a link to set their password with; links sent before are void. Raises
    AlreadyHere where they have one, NoAddress."""
    with transaction.atomic():
        stored = User.objects.select_for_update().get(pk=user.pk)
        if not stored.email:
            raise NoAddress(_("Without an address nobody can be invited by mail."))
        if stored.has_usable_password() or stored.last_login or not stored.is_active:
            raise AlreadyHere(_("Only somebody who has not been here yet can be invited."))
        stored.set_unusable_password()
        stored.save(update_fields=["password"])
        _post(stored, "invitation", invitations, by=by)
        audit.record(stored, audit.Action.INVITED, by=by)


def ask_for_link(address: str) -> None:
    """Mail a link to everybody at the desk who has this address. Where nobody has, as much is done
    and then undone: the answer and its time tell nothing."""
    with transaction.atomic():
        found = _with_address(address)
        for user in found:
            _post(user, "password_reset", default_token_generator)
        if not found:
            _post(User(pk=0, email=address), "password_reset", default_token_generator)
            transaction.set_rollback(True)


def set_password(user: User, password: str, *, by: User, note: str, but: str | None = "") -> None:
    """Give somebody that password, and end their sessions but the one of the key `but`."""
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        audit.record(user, audit.Action.PASSWORD, by=by, note=note)
        sessions.end_all(user, by=by, but=but)


def _with_address(address: str) -> list[User]:
    """Who may come to the desk and has this address, letter for letter but for case: a database
    that takes one letter for another must not send the link to a look-alike's mailbox."""
    found = User.objects.filter(email__iexact=address, is_active=True, is_staff=True)
    return [user for user in found if user.email.casefold() == address.casefold()]


def _post(
    user: User, what: str, tokens: PasswordResetTokenGenerator, *, by: User | None = None
) -> None:
    token = tokens.make_token(user)
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    name = "invitation" if what == "invitation" else "password_reset_confirm"
    context = {
        "person": user,
        "by": by,
        "site_name": settings.SITE_NAME,
        "address": absolute(reverse(f"admin:{name}", args=[uid, token])),
        "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
        "days": settings.INVITATION_TIMEOUT // 86400,
    }
    subjects = {
        "invitation": _("[%s] You are invited to the editors’ desk"),
        "password_reset": _("[%s] A link to set another password"),
    }
    post(
        f"{what}:{user.pk}:{sha256(token.encode()).hexdigest()[:16]}",
        to=user.email,
        subject=subjects[what] % settings.SITE_NAME,
        body=render_to_string(f"desk/mail_{what}.txt", context),
    )
