"""The second factor: who must have one, the authenticator app and the recovery codes of a person,
and the codes that they type. Keys and codes lie in the database as django-otp stores them."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from revisions import audit

RECOVERY_CODES = 10
_DIGITS = 6


class WrongCode(ValueError):
    """The code is not the one of this moment, was used already, or is none."""


class TooSoon(WrongCode):
    """Too many wrong codes came: none is looked at before `seconds` have passed."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class MustUse(ValueError):
    """Moderators and administrators cannot do without."""


def must_use(user: User | AnonymousUser) -> bool:
    """Whether nothing at the desk opens to that person without a second factor: moderators and
    administrators, where the settings do not turn it off."""
    return settings.SECOND_FACTOR == "required" and user.has_perm("cases.publish_case")


def is_missing(user: User | AnonymousUser) -> bool:
    """Whether whoever is logged in must give a second factor and has not in this session."""
    return must_use(user) and getattr(user, "otp_device", None) is None


def device_of(user: User | AnonymousUser) -> TOTPDevice | None:
    """The authenticator app of that person."""
    return TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).first()


def codes_left(user: User) -> int:
    """How many recovery codes are not used yet."""
    return StaticToken.objects.filter(device__user=user).count()


def enrol(user: User, *, key: str, code: str) -> tuple[TOTPDevice, list[str]]:
    """Make the app that holds `key` (hexadecimal) the second factor of that person, in place of any
    before, with new recovery codes, which are shown this once. `code` proves that the app has the
    key: raises WrongCode, and then all is as it was."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        before = _drop(user)
        device = TOTPDevice.objects.create(user=user, name="authenticator", key=key)
        if not device.verify_token(_plain(code)):
            raise WrongCode
        codes = _new_codes(user)
        _audit(user, by=user, before=before, after=_("on"))
    return device, codes


def verify(user: User, code: str) -> Any:
    """The device whose code that is: of the app, or a recovery code. It is used up. Raises
    WrongCode, and TooSoon while too many wrong ones came; both count."""
    typed = _plain(code)
    of_app = len(typed) == _DIGITS and typed.isdecimal()
    kind: Any = TOTPDevice if of_app else StaticDevice
    with transaction.atomic():
        found = kind.objects.select_for_update().filter(user=user, confirmed=True)
        device = found.order_by("pk").first()
        if device is None:
            raise WrongCode
        allowed, why = device.verify_is_allowed()
        if not allowed:
            raise TooSoon(_seconds_until(why["locked_until"]))
        right = device.verify_token(typed)
    if not right:
        raise WrongCode
    return device


def renew_codes(user: User) -> list[str]:
    """New recovery codes, which are shown this once; those before are void."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        StaticDevice.objects.filter(user=user).delete()
        codes = _new_codes(user)
        _audit(user, by=user, before=_("on"), after=_("on"), note=_("New recovery codes."))
    return codes


def turn_off(user: User) -> None:
    """Do without from now on. Raises MustUse for those who must have one."""
    if must_use(user):
        raise MustUse(_("Moderators and administrators must use a second factor."))
    with transaction.atomic():
        _audit(user, by=user, before=_drop(user), after=_("off"))


def reset(user: User, *, by: User | None, reason: str) -> None:
    """Take the second factor from somebody who has lost it; whoever must have one sets another up
    when they log in next."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        _audit(user, by=by, before=_drop(user), after=_("off"), note=reason)


def _drop(user: User) -> str:
    """Deletes what there is; whether it was on, in words."""
    StaticDevice.objects.filter(user=user).delete()
    gone, _each = TOTPDevice.objects.filter(user=user).delete()
    return _("on") if gone else _("off")


def _new_codes(user: User) -> list[str]:
    device = StaticDevice.objects.create(user=user, name="recovery codes")
    codes = sorted({StaticToken.random_token() for _number in range(RECOVERY_CODES)})
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return [f"{code[:4]}-{code[4:]}" for code in codes]


def _plain(code: str) -> str:
    """As it is stored: people type gaps, hyphens and capitals."""
    return "".join(code.replace("-", "").split()).lower()[:40]


def _seconds_until(moment: Any) -> int:
    return max(1, int((moment - timezone.now()).total_seconds()) + 1)


def _audit(user: User, *, by: User | None, before: str, after: str, note: str = "") -> None:
    action = audit.Action.SECOND_FACTOR
    audit.record(user, action, by=by, before=before, after=after, note=note)
