"""The technical administration writes nothing but a person's name, title and log-in."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import RequestFactory

from governance import models
from governance.admin import PersonAdmin, ShownAdmin
from governance.models import Person


@pytest.mark.django_db
def test_a_superuser_writes_no_structure_and_no_membership_in_the_admin() -> None:
    request = RequestFactory().get("/")
    request.user = Person.objects.create_superuser("rot@example.se", "Rot")
    registered = {model: site for model, site in admin.site._registry.items() if model._meta.app_label == "governance"}
    assert models.Membership in registered
    for model, site in registered.items():
        assert isinstance(site, ShownAdmin)
        may = (
            site.has_add_permission(request),
            site.has_change_permission(request),
            site.has_delete_permission(request),
        )
        assert may == (False, model is Person, False)
    person = registered[Person]
    assert isinstance(person, PersonAdmin)
    assert {"name", "title", "is_active"} == set(person.fields) - set(person.readonly_fields)
    assert not admin.site.is_registered(Group)
