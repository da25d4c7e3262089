"""People and conversations of the workspace."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from bot.workspace.errors import Json

Kind = Literal["channel", "group", "im"]


@dataclass
class User:
    """A member of the workspace."""

    id: str
    handle: str
    real_name: str
    title: str = ""
    tz: str = "Etc/UTC"
    locale: str = "en-US"
    is_bot: bool = False
    is_admin: bool = False

    def to_api(self, team_id: str, at: float, *, include_locale: bool = False) -> Json:
        """The user object of users.info."""
        local = datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(self.tz))
        offset = local.utcoffset()
        user: Json = {
            "id": self.id,
            "team_id": team_id,
            "name": self.handle,
            "deleted": False,
            "real_name": self.real_name,
            "tz": self.tz,
            "tz_label": local.tzname() or self.tz,
            "tz_offset": int(offset.total_seconds()) if offset else 0,
            "profile": {
                "real_name": self.real_name,
                "display_name": self.real_name,
                "title": self.title,
                "team": team_id,
            },
            "is_admin": self.is_admin,
            "is_owner": False,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": 1700000000,
        }
        if include_locale:
            user["locale"] = self.locale
        return user


@dataclass
class Channel:
    """A conversation, with everything that was said in it, oldest first."""

    id: str
    name: str
    kind: Kind = "channel"
    topic: str = ""
    members: set[str] = field(default_factory=set)
    archived: bool = False
    created: int = 1700000000
    messages: dict[str, Json] = field(default_factory=dict)
    roots: list[str] = field(default_factory=list)
    threads: dict[str, list[str]] = field(default_factory=dict)

    def to_api(self, viewer: str) -> Json:
        """The conversation object as that member sees it."""
        common: Json = {
            "id": self.id,
            "created": self.created,
            "is_archived": self.archived,
            "is_im": self.kind == "im",
        }
        if self.kind == "im":
            other = next((member for member in sorted(self.members) if member != viewer), viewer)
            return {**common, "is_org_shared": False, "user": other, "priority": 0}
        return {
            **common,
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": self.kind == "channel",
            "is_group": False,
            "is_mpim": False,
            "is_private": self.kind == "group",
            "is_general": self.name == "general",
            "is_member": viewer in self.members,
            "is_shared": False,
            "is_ext_shared": False,
            "is_org_shared": False,
            "num_members": len(self.members),
            "topic": {"value": self.topic, "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
        }
