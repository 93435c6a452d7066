"""What `check --deploy` refuses."""

from serving.checks import proxies_are_said


def test_whoever_deploys_says_how_many_proxies_there_are(settings):
    settings.PROXIES_ARE_SAID = True
    assert proxies_are_said(None) == []
    settings.PROXIES_ARE_SAID = False
    [error] = proxies_are_said(None)
    assert error.id == "serving.E001" and error.is_serious()
