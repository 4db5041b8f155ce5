"""The first start's page."""

from __future__ import annotations

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from heard.accounts import beginning, verbs
from heard.accounts.forms import SetupForm
from heard.refusal import Refusal


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    """Make the first admin, then go on to the first inbox."""
    if beginning.is_over():
        return redirect("/")
    if not beginning.fits(request.GET.get("key", "")):
        return render(request, "accounts/setup.html", {"form": None}, status=404)
    form = SetupForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _begin(request, form):
        return redirect("gateway:inbox_new")
    return render(request, "accounts/setup.html", {"form": form})


def _begin(request: HttpRequest, form: SetupForm) -> bool:
    try:
        person = verbs.set_up(**form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, refusal.says)
        return False
    login(request, person)
    return True
