"""The forms of people and memberships; what they collect is checked by `governance.services`."""

from governance.forms.memberships import EndForm, MembershipForm, RoleForm
from governance.forms.people import NewPersonForm, PeopleFilter, PersonForm

__all__ = ["EndForm", "MembershipForm", "NewPersonForm", "PeopleFilter", "PersonForm", "RoleForm"]
