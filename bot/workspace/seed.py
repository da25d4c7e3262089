"""The newsroom that a demonstration starts with."""

from bot.workspace.model import Channel, User
from bot.workspace.state import State

PEOPLE = (
    User("U0REPORT01", "hana", "Hana Petrov", "Reporter, foreign desk", "Europe/London", "en-GB", is_admin=True),
    User("U0REPORT02", "jisoo", "Jisoo Park", "Reporter, Seoul", "Asia/Seoul", "ko-KR"),
    User("U0REPORT03", "omar", "Omar Haddad", "Reporter, Middle East", "Asia/Damascus", "ar-SY"),
    User("U0EDITOR01", "ruth", "Ruth Adeyemi", "Foreign editor", "America/New_York", "en-US"),
    User("U0EDITOR02", "deniz", "Deniz Kaya", "Night editor", "Europe/Istanbul", "tr-TR"),
)
EDITORS_GROUP = "S0EDITORS1"


def newsroom(state: State) -> None:
    """Fill an empty workspace with people and channels."""
    for person in PEOPLE:
        state.add_user(person)
    state.usergroups[EDITORS_GROUP] = ["U0EDITOR01", "U0EDITOR02"]
    people, bot = [person.id for person in PEOPLE], state.bot_user_id
    state.add_channel("newsroom", members=[*people, bot], topic="What we are working on today")
    state.add_channel("syria-desk", members=[*people, bot], topic="Questions and answers about the story")
    state.add_channel("general", members=people, topic="Company-wide announcements; the app is not in here")
    editors = ["U0REPORT01", "U0EDITOR01", "U0EDITOR02", bot]
    state.add_channel("editors-only", "group", editors, "Corrections and proposals")
    state.add_channel("press-trip-2019", members=[*people, bot], topic="Archived", archived=True)
    for person in PEOPLE:
        state.direct_channel(person.id)


def many_channels(state: State, count: int, prefix: str) -> list[Channel]:
    """Channels with everybody and the app in them, for load."""
    members = [*(person.id for person in state.people()), state.bot_user_id]
    start = len(state.channels)
    return [state.add_channel(f"{prefix}-{start + index}", members=members) for index in range(count)]
