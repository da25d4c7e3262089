"""What a person does with a pointer: press, choose, open the Home tab, use a shortcut, fill in a modal."""

from typing import Any

from bot.workspace import elements, payloads, views
from bot.workspace.conversing import Outcome
from bot.workspace.core import Core
from bot.workspace.deliver import Delivery, Reply
from bot.workspace.errors import Json, PersonError, SlackError
from bot.workspace.events import Events
from bot.workspace.model import Channel, User
from bot.workspace.validate.views import check_view

TROUBLE = "We had some trouble connecting. Try again?"


class Pressing:
    """Acts by pointer."""

    def __init__(self, core: Core, delivery: Delivery, events: Events) -> None:
        self._core = core
        self._delivery = delivery
        self._events = events

    async def press(
        self,
        user_id: str,
        where: Json,
        wanted: str,
        choice: Any = None,
        block_id: str | None = None,
        entered: Json | None = None,
    ) -> Outcome:
        """Use an element of a message or of a view, named by action_id or by its text.

        `entered` is what stands in the other fields of a view at that moment.
        """
        user = self._core.state.require_user(user_id)
        block, element = elements.find(where.get("blocks", []), wanted, block_id)
        entry = elements.action(block, element, choice, self._core.stamps.next())
        if "ts" in where:
            payload = payloads.message_action(self._core, user, self._channel_of(user, where), where, entry)
        else:
            view = views.find(self._core, where["id"])
            own = {} if element["type"] in elements.STATELESS else {element["action_id"]: choice}
            elements.fill(view, {**(entered or {}), **own})
            payload = payloads.view_action(self._core, user, view, entry)
        reply = await self._delivery.send("interactive", f"block_actions {element['action_id']}", payload)
        return _outcome(reply)

    def _channel_of(self, user: User, message: Json) -> Channel:
        shown = self._core.state.ephemerals.get(message["ts"])
        if message.get("is_ephemeral"):
            if shown is None or shown["user"] != user.id:
                raise PersonError("That message is not visible to this person.")
            return self._core.state.channels[shown["channel"]]
        for channel in self._core.state.visible_to(user.id):
            if message["ts"] in channel.messages:
                return channel
        raise PersonError("That message is not visible to this person.")

    def open_home(self, user_id: str, tab: str = "home") -> Json | None:
        """Open the app's Home or Messages tab; the Home view as it stands."""
        user = self._core.state.require_user(user_id)
        channel = self._core.state.direct_channel(user.id)
        view = self._core.state.homes.get(user.id)
        event: Json = {"type": "app_home_opened", "user": user.id, "channel": channel.id, "tab": tab}
        event["event_ts"] = self._core.stamps.next()
        if tab == "home" and view is not None:
            event["view"] = views.shown(view)
        self._events.emit(event)
        return view

    async def message_shortcut(self, user_id: str, message: Json, callback_id: str) -> Outcome:
        """Choose an entry of a message's menu."""
        user = self._core.state.require_user(user_id)
        if message.get("is_ephemeral"):
            raise PersonError("Messages only visible to you have no shortcuts.")
        self._require_shortcut(callback_id, "message")
        payload = payloads.message_shortcut(self._core, user, self._channel_of(user, message), message, callback_id)
        return _outcome(await self._delivery.send("interactive", f"message_action {callback_id}", payload))

    async def global_shortcut(self, user_id: str, callback_id: str) -> Outcome:
        """Choose an entry of the shortcut menu."""
        user = self._core.state.require_user(user_id)
        self._require_shortcut(callback_id, "global")
        payload = payloads.global_shortcut(self._core, user, callback_id)
        return _outcome(await self._delivery.send("interactive", f"shortcut {callback_id}", payload))

    def _require_shortcut(self, callback_id: str, kind: str) -> None:
        if not any(s.callback_id == callback_id and s.type == kind for s in self._core.app.shortcuts):
            raise PersonError(f"There is no {kind} shortcut {callback_id}.")

    def modal(self, user_id: str) -> Json | None:
        """The topmost modal in front of that person."""
        stack = self._core.state.modals.get(user_id, [])
        return stack[-1] if stack else None

    async def submit(self, user_id: str, values: Json, view_id: str | None = None) -> Outcome:
        """Fill in the topmost modal and send it; fields are named by action_id or block_id."""
        user, view = self._core.state.require_user(user_id), self.modal(user_id)
        if view is None or view_id not in (None, view["id"]):
            raise PersonError("That form is not open.")
        elements.fill(view, values)
        if faults := elements.faults(view):
            return Outcome(errors=faults)
        payload = payloads.view_submission(self._core, user, view)
        reply = await self._delivery.send("interactive", f"view_submission {view['callback_id']}", payload)
        if not reply.ok:
            return Outcome(failure=TROUBLE)
        return self._react(user, view, reply.body if isinstance(reply.body, dict) else {})

    def _react(self, user: User, view: Json, answer: Json) -> Outcome:
        wanted = answer.get("response_action")
        try:
            if wanted == "errors":
                return _field_errors(view, answer.get("errors"))
            if wanted == "update":
                views.replace(self._core, view, check_view(answer.get("view"), "modal"))
            elif wanted == "push":
                views.push_modal(self._core, user.id, check_view(answer.get("view"), "modal"))
            elif wanted == "clear":
                views.close_all(self._core, user.id)
            else:
                self._close(user.id, view)
        except SlackError as error:
            return Outcome(failure=f"{TROUBLE} ({error.error}: {'; '.join(map(str, error.problems))})")
        return Outcome()

    def _close(self, user_id: str, view: Json) -> None:
        if self.modal(user_id) is view:
            views.pop(self._core, user_id)

    async def close(self, user_id: str) -> None:
        """Dismiss the topmost modal, or all of them where it asks for that."""
        user, view = self._core.state.require_user(user_id), self.modal(user_id)
        if view is None:
            raise PersonError("No form is open.")
        cleared = bool(view["clear_on_close"])
        if cleared:
            views.close_all(self._core, user_id)
        else:
            views.pop(self._core, user_id)
        if view["notify_on_close"]:
            payload = payloads.view_closed(self._core, user, view, cleared=cleared)
            await self._delivery.send("interactive", f"view_closed {view['callback_id']}", payload)


def _outcome(reply: Reply) -> Outcome:
    return Outcome() if reply.ok else Outcome(failure=reply.failure or f"http {reply.status}")


def _field_errors(view: Json, errors: Any) -> Outcome:
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        return Outcome(failure=f"{TROUBLE} (errors must name input blocks of the form)")
    return Outcome(errors={str(block): str(said) for block, said in errors.items()})
