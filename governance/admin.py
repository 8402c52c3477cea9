"""The technical administration of the constitution: it shows everything and opens no way past the rules.

Structure comes from county files, memberships from `governance.services`. Here a technical administrator may correct a
person's name and title and shut a log-in; whoever takes part is none the more mandated for it.
"""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth import admin as _auth  # noqa: F401 - registers Group, so that it can be taken away below
from django.contrib.auth.models import Group
from django.db.models import Model
from django.http import HttpRequest

from governance import models

if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[Any]
else:
    _Admin = admin.ModelAdmin


class ShownAdmin(_Admin):
    """Rows that can be read and not written."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nothing is added here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Nothing is changed here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Nothing is removed, ever."""
        return False


@admin.register(models.Person)
class PersonAdmin(ShownAdmin):
    """Who may log in; roles are given by those who administer the county's people."""

    list_display = ("name", "email", "title", "is_active")
    list_filter = ("is_active",)
    search_fields = ("name", "email")
    fields = ("name", "email", "title", "is_active", "is_staff", "is_superuser", "last_login", "created_at")
    readonly_fields = ("email", "is_staff", "is_superuser", "last_login", "created_at")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Name, title and log-in may be corrected by staff with Django's own right to it."""
        return admin.ModelAdmin.has_change_permission(self, request, obj)


@admin.register(models.Membership)
class MembershipAdmin(ShownAdmin):
    """Who sits where and when."""

    list_display = ("person", "body", "role", "starts_on", "ends_on")
    list_filter = ("role", "body__county")
    list_select_related = ("person", "body")


@admin.register(models.Body)
class BodyAdmin(ShownAdmin):
    """The bodies as loaded."""

    list_display = ("name", "kind", "county", "ended_on")
    list_filter = ("county", "kind")
    list_select_related = ("county",)


@admin.register(models.CountyLoad)
class CountyLoadAdmin(ShownAdmin):
    """Which county file was loaded when, and by whom."""

    list_display = ("county", "loaded_at", "loaded_by", "digest")
    list_select_related = ("county", "loaded_by")


for model in (models.County, models.Organisation, models.Arendegang, models.ArendegangVersion):
    admin.site.register(model, ShownAdmin)

# A group is a role in a body and carries its mandates: only county files make and remove them.
admin.site.unregister(Group)
