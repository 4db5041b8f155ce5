"""Addresses of the pages about the people who work here."""

from __future__ import annotations

from django.urls import path
from django.views.generic import RedirectView

from heard.accounts.views import hours, people, profile, setup, sign_in, teams, tokens

app_name = "accounts"
urlpatterns = [
    path("setup/", setup.setup, name="setup"),
    path("settings/", profile.settings_home, name="settings"),
    path("settings/people/", people.people, name="people"),
    path("settings/people/<int:pk>/", people.person, name="person"),
    path("settings/people/<int:pk>/invitation/", people.invitation, name="invitation"),
    path("settings/people/<int:pk>/deactivation/", people.deactivation, name="deactivation"),
    path("settings/people/<int:pk>/deactivation/delete/", people.reactivation, name="reactivation"),
    path("settings/people/<int:pk>/capacity/", people.capacity, name="capacity"),
    path("settings/teams/", teams.teams, name="teams"),
    path("settings/teams/<int:pk>/", teams.team, name="team"),
    path("settings/hours/", hours.hours, name="hours"),
    path("settings/hours/<int:pk>/", hours.calendar, name="calendar"),
    path("settings/hours/<int:pk>/deletion/", hours.deletion, name="calendar_deletion"),
    path("settings/hours/<int:pk>/holidays/", hours.holidays, name="holidays"),
    path("settings/hours/<int:pk>/holidays/reading/", hours.reading, name="holiday_file"),
    path("settings/hours/<int:pk>/holidays/import/", hours.importing, name="holiday_import"),
    path("settings/holidays/<int:pk>/deletion/", hours.holiday_deletion, name="holiday_deletion"),
    path("settings/tokens/", tokens.tokens, name="tokens"),
    path("settings/tokens/<int:pk>/revocation/", tokens.revocation, name="revocation"),
    path("settings/profile/", profile.profile, name="profile"),
    # These stand before allauth's. A part of a page is never answered with the sign-in page;
    path("account/login/", sign_in.sign_in, name="sign_in"),
    # Heard sends no mail of its own, so a reset by mail would
    # promise what never comes, and addresses are an admin's to change.
    path("account/password/reset/", profile.forgotten, name="forgotten"),
    path("account/email/", RedirectView.as_view(pattern_name="accounts:profile"), name="addresses"),
]
