"""Every component in the browser: accessible and within the screen, light and dark, and doing what it says."""

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.watch import too_wide, violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("tests.browser.component_urls"),
    pytest.mark.django_db(transaction=True),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 820, 1440])
def test_components_are_accessible_and_fit(open_page: OpenPage, width: int, scheme: str) -> None:
    page = open_page(width=width, scheme=scheme)

    page.goto("/komponenter/")

    assert violations(page) == []
    assert too_wide(page) == []
