"""Users, teams, API tokens; calendars stand in calendar.py."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from heard import clock
from heard.accounts.calendar import Calendar, Holiday

__all__ = ["ApiToken", "Calendar", "Capacity", "Holiday", "Role", "Team", "User"]


class Role(models.TextChoices):
    """What a person may do: an agent answers, a lead also sees the team, an admin sets up."""

    AGENT = "agent", _("Agent")
    LEAD = "lead", _("Lead")
    ADMIN = "admin", _("Admin")


class People(BaseUserManager["User"]):
    """How users come into being."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        """A new user, the address in lower case, the password hashed."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save()
        return user


class WhileAway(models.TextChoices):
    """What becomes of a person's conversations whose customers wait while the person is away."""

    KEEP = "keep", _("They stay with me")
    BACK = "back", _("They are given back")
    STAND_IN = "stand-in", _("They go to my stand-in")


class User(AbstractBaseUser):
    """A person who works here."""

    email = models.EmailField(_("email"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.AGENT)
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)
    # How long a letter of theirs can be called back after «Send».
    undo_seconds = models.PositiveSmallIntegerField(_("undo sending"), default=10)
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    # Away from then on; without an end until the person says that they are back.
    away_since = models.DateTimeField(null=True)
    away_until = models.DateTimeField(null=True)
    stand_in = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    while_away = models.CharField(max_length=10, choices=WhileAway, default=WhileAway.KEEP)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_admin(self) -> bool:
        """Whether this person sets things up and reaches every inbox."""
        return self.role == Role.ADMIN

    @property
    def is_away(self) -> bool:
        """Whether this person is away now."""
        if self.away_since is None:
            return False
        return self.away_until is None or clock.now() < self.away_until

    @property
    def topic(self) -> str:
        """What this person's open pages listen to."""
        return f"person:{self.pk}"

    @property
    def first_name(self) -> str:
        """What colleagues call this person."""
        return str(self).split(" ")[0]


def here() -> Q:
    """The people who may sign in and are not away now, as a condition on users."""
    now = clock.now()
    return Q(is_active=True) & (Q(away_since=None) | Q(away_until__lte=now))


class Capacity(models.Model):
    """How many open conversations of a channel a person takes before they are handed no more."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="capacities")
    channel = models.CharField(max_length=20)
    most = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name_plural = "capacities"
        constraints = [models.UniqueConstraint(fields=["user", "channel"], name="capacity_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.most} by {self.channel}"


class Team(models.Model):
    """People who look after the same inboxes."""

    class Way(models.TextChoices):
        """How its new conversations come to somebody."""

        HAND = "hand", _("By hand: whoever takes them")
        TURN = "turn", _("In turn, to whoever was given one longest ago")
        LOAD = "load", _("By load, to whoever has the fewest open")

    name = models.CharField(_("name"), max_length=80, unique=True)
    members = models.ManyToManyField(User, related_name="teams", blank=True)
    assign_by = models.CharField(
        _("new conversations are given"),
        max_length=10,
        choices=Way,
        default=Way.HAND,
        help_text=_("To those who are here, have room and are at work."),
    )
    same_colleague = models.BooleanField(
        _("to the customer's last colleague first"),
        default=True,
        help_text=_("When that colleague is here and has room."),
    )
    calendar = models.ForeignKey(
        Calendar,
        verbose_name=_("working hours"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="teams",
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ApiToken(models.Model):
    """A key for a program that acts as a person. Only its digest is kept."""

    class Scope(models.TextChoices):
        """What the bearer may do."""

        READ = "read", _("Read")
        WRITE = "write", _("Read and write")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=80)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope))
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
