"""The technical administration as it is mounted: nobody makes themselves a mandate or takes over an account there."""

from itertools import chain
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.urls import NoReverseMatch, reverse

from config.technical import technical_site
from governance.models import Membership, Person
from governance.permissions import standings
from tests.governance.pages.conftest import Counties, Enter


@pytest.fixture
def superuser(counties: Counties) -> Person:
    return Person.objects.create_superuser("rot@example.org", "Rot")


def test_only_the_constitution_is_there() -> None:
    shown = {model._meta.label for model in technical_site._registry}

    assert shown == {
        "governance.Arendegang",
        "governance.ArendegangVersion",
        "governance.Body",
        "governance.County",
        "governance.CountyLoad",
        "governance.Membership",
        "governance.Organisation",
        "governance.Person",
    }


def test_nothing_is_added_or_removed(superuser: Person, enter: Enter) -> None:
    client, answers = enter(superuser), {}
    for model in apps.get_models():
        row = model._default_manager.first()
        for action, arguments in (("add", []), ("delete", [getattr(row, "pk", 1)])):
            try:
                address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{action}", args=arguments)
            except NoReverseMatch:
                continue
            answers[address] = (client.get(address).status_code, client.post(address, {"post": "yes"}).status_code)
    assert set(answers.values()) == {(403, 403)}
    assert len(answers) == 2 * len(technical_site._registry)


def test_a_superuser_changes_no_membership_and_gets_no_mandate(
    counties: Counties, superuser: Person, enter: Enter
) -> None:
    client = enter(superuser)
    membership = Membership.objects.get(person=counties.administrator)
    before = list(Membership.objects.values())

    answer = client.post(
        reverse("admin:governance_membership_change", args=[membership.pk]),
        {"person": superuser.pk, "body": membership.body_id, "role": membership.role, "starts_on": "2020-01-01"},
    )
    group = Group.objects.filter(seat__body=membership.body)[0]
    client.post(
        reverse("admin:governance_person_change", args=[superuser.pk]),
        {"name": "Rot", "title": "", "is_active": "on", "groups": [group.pk], "password": "x", "email": "ny@a.se"},
    )

    superuser.refresh_from_db()
    assert answer.status_code == 403
    assert list(Membership.objects.values()) == before
    assert standings(superuser.pk) == ()
    assert (superuser.email, list(superuser.groups.all())) == ("rot@example.org", [])


def test_every_page_of_it_opens_for_a_superuser_and_for_nobody_else(
    counties: Counties, superuser: Person, enter: Enter
) -> None:
    models = technical_site._registry
    pages = [
        reverse("admin:index"),
        *(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist") for model in models),
        *(
            reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.pk])
            for model, row in chain((model, model._default_manager.first()) for model in models)
            if row
        ),
    ]
    for page in pages:
        assert enter(superuser).get(page).status_code == 200
        assert enter(counties.administrator).get(page).status_code == 302


def test_its_log_in_is_the_sites_own(counties: Counties, client: Any) -> None:
    assert client.get("/admin/").url == "/admin/login/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/").url == "/konto/login/?next=%2Fadmin%2F"
    answer = client.post("/admin/login/", {"username": "rot@example.org", "password": "x"})
    assert answer.url.startswith("/konto/login/")
