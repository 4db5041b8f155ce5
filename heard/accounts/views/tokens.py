"""Everybody looks after their own API tokens."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from heard.accounts import verbs
from heard.accounts.access import PersonRequest
from heard.accounts.forms import TokenForm


@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: PersonRequest) -> HttpResponse:
    """List a person's tokens; make one, whose clear text this answer alone shows."""
    form = TokenForm(request.POST or None)
    text = ""
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        _token, text = verbs.issue_token(
            request.user, given["name"], [given["scope"]], given["days"]
        )
        form = TokenForm()
    shown = {"tokens": request.user.tokens.all(), "form": form, "text": text}
    return render(request, "accounts/tokens.html", shown)


@require_POST
def revocation(request: PersonRequest, pk: int) -> HttpResponse:
    """End a token of one's own."""
    token = get_object_or_404(request.user.tokens, pk=pk)
    verbs.revoke_token(token, by=request.user)
    messages.success(request, _("«%s» opens nothing any more.") % token.name)
    return redirect("accounts:tokens")
