"""Customers: contacts, the addresses they write from, and the companies they work for."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from heard.contacts.names import called


def _pieces(field: str) -> OpClass:
    """A field by its trigrams, without case and accents, so that any piece of it is found."""
    return OpClass(Func(F(field), function="heard_plain"), name="gin_trgm_ops")


class Company(models.Model):
    """A customer's employer."""

    name = models.CharField(_("name"), max_length=160)
    domain = models.CharField(_("mail domain"), max_length=160, blank=True, db_index=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "companies"

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """A customer: one person, however many addresses they have."""

    name = models.CharField(_("name"), max_length=160, blank=True)
    company = models.ForeignKey(
        Company, null=True, blank=True, on_delete=models.SET_NULL, related_name="contacts"
    )
    language = models.CharField(_("language"), max_length=12, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)
    analyse = models.BooleanField(_("may be analysed"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [GinIndex(_pieces("name"), name="contact_pieces")]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """What to call them on the page: the name, or else the first address."""
        return called(self.name, "" if self.name else next(iter(self.addresses), ""))

    @cached_property
    def addresses(self) -> list[str]:
        """Where they write from, as they were met."""
        return [one.address for one in self.identities.all()]

    @property
    def first_name(self) -> str:
        """The first word of the name, or nothing."""
        return self.name.split(" ")[0]


class Identity(models.Model):
    """One address of a contact's on one channel."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="identities")
    channel = models.CharField(max_length=20, default="email")
    address = models.CharField(max_length=320)
    verified = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "identities"
        constraints = [models.UniqueConstraint(fields=["channel", "address"], name="identity_once")]
        indexes = [GinIndex(_pieces("address"), name="identity_pieces")]

    def __str__(self) -> str:
        return self.address
