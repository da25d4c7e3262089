"""The page in a real browser: type, see the answer, press, open a thread, fill in a form."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from bot.workspace import Workspace
from tests.bot.workspace.conftest import HANA, JISOO, RUTH
from tests.bot.workspace.showcase import showcase
from tests.support.chromium import chromium
from tests.support.workspace import client, over_http

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
HOSTILE = "<img src=x onerror=window.pwned=1><script>window.pwned=1</script> <javascript:alert(1)|click>"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as running:
        yield running


@dataclass
class Desk:
    """The workspace as one person has it before them."""

    workspace: Workspace
    page: Page
    browser: Browser
    troubles: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note script errors, policy violations and requests to anywhere else."""
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("console", lambda said: self.troubles.append(said.text) if said.type == "error" else None)
        self.page.on(
            "request",
            lambda request: None if request.url.startswith(self.workspace.url) else self.strangers.append(request.url),
        )

    async def type(self, text: str, thread: bool = False) -> None:
        """Type into the message box and send."""
        box = self.page.locator("#composer-thread" if thread else "#composer")
        await box.fill(text)
        await box.press("Enter")

    def messages(self, text: str) -> Locator:
        """The messages of the conversation that hold this text."""
        return self.page.locator("#main article.message", has_text=text)

    async def go(self, place: str) -> None:
        """Open a channel."""
        await self.page.get_by_role("button", name=place, exact=True).click()


@pytest_asyncio.fixture(loop_scope="module")
async def desk(browser: Browser) -> AsyncIterator[Desk]:
    """Hana's page, with the showcase running."""
    async with Workspace() as workspace, over_http(workspace, showcase):
        context = await browser.new_context(viewport={"width": 1200, "height": 800})
        opened = Desk(workspace, await context.new_page(), browser)
        opened.page.set_default_timeout(8_000)
        opened.watch()
        await opened.page.goto(workspace.url)
        await expect(opened.page.locator("#composer")).to_be_visible()
        yield opened
        await context.close()
        assert opened.troubles == []
        assert opened.strangers == []


async def test_a_typed_command_is_answered_for_the_asker_only(desk: Desk) -> None:
    await desk.type("/syria who is Cho?")
    answer = desk.messages("you said who is Cho?")
    await expect(answer).to_contain_text("Only visible to you")
    await answer.get_by_role("button", name="Dismiss message").click()
    await expect(answer).to_have_count(0)


async def test_pressing_a_button_changes_the_answer(desk: Desk) -> None:
    await desk.type("/syria answer")
    await desk.page.get_by_role("button", name="Share", exact=True).click()
    await expect(desk.messages("Shared with the channel.")).to_be_visible()
    await expect(desk.messages("Shared by @Hana Petrov")).to_be_visible()
    await expect(desk.page.get_by_role("button", name="Share", exact=True)).to_have_count(0)


async def test_menus_and_selects_reach_the_app(desk: Desk) -> None:
    await desk.type("/syria answer")
    answer = desk.page.locator("article.ephemeral").first
    await answer.get_by_role("combobox", name="Language").select_option("ko")
    await expect(desk.messages("language: ko")).to_be_visible()
    await answer.get_by_role("button", name="More actions").click()
    await desk.page.keyboard.press("ArrowDown")
    await desk.page.keyboard.press("Enter")
    await expect(desk.messages("chosen: follow")).to_be_visible()


async def test_a_confirmation_can_be_declined(desk: Desk) -> None:
    await desk.type("/syria answer")
    await desk.page.get_by_role("button", name="Something wrong").click()
    await desk.page.get_by_role("dialog", name="Report it?").get_by_role("button", name="Not now").click()
    assert desk.workspace.traffic.named("block_actions wrong") == []
    await desk.page.get_by_role("button", name="Something wrong").click()
    await desk.page.get_by_role("button", name="Report", exact=True).click()
    await expect(desk.page.get_by_role("dialog", name="Propose a fact")).to_be_visible()


async def test_blocks_look_like_blocks(desk: Desk) -> None:
    await desk.type("/syria public")
    answer = desk.messages("Ties between the two countries")
    await expect(answer.get_by_role("heading", name="Ties between")).to_be_visible()
    await expect(answer.locator("strong", has_text="Bold")).to_be_visible()
    await expect(answer.get_by_role("link", name="a link")).to_have_attribute("href", "https://example.org/story")
    await expect(answer.locator("blockquote")).to_have_text("A quotation, with <angle brackets> & an ampersand")
    await expect(answer.get_by_role("img", name="A map of the region")).to_be_visible()
    await expect(answer.get_by_role("cell", name="1", exact=True)).to_be_visible()
    await expect(answer.locator("li", has_text="<b>two</b>")).to_be_visible()


async def test_a_mention_is_completed_and_answered_in_a_thread(desk: Desk) -> None:
    box = desk.page.locator("#composer")
    await box.press_sequentially("@sy")
    await expect(desk.page.get_by_role("option", name="@Syria Desk")).to_be_visible()
    await box.press("Tab")
    await box.press_sequentially("when did he go?")
    await box.press("Enter")
    await desk.page.get_by_role("button", name="1 reply").click()
    thread = desk.page.locator("#pane")
    await expect(thread.get_by_text("heard @Syria Desk when did he go?")).to_be_visible()
    await expect(desk.page.locator("#composer-thread")).to_be_focused()
    await desk.type("@Syria Desk and where?", thread=True)
    await expect(thread.get_by_text("heard @Syria Desk and where?")).to_be_visible()
    await desk.page.keyboard.press("Escape")
    await expect(thread).to_be_hidden()
    await expect(desk.page.get_by_role("button", name="3 replies")).to_be_visible()


async def test_a_command_in_a_thread_is_refused_as_slack_refuses_it(desk: Desk) -> None:
    said = desk.workspace.say(JISOO, "newsroom", "a root")
    await desk.messages("a root").hover()
    await desk.messages("a root").get_by_role("button", name="Reply in thread").click()
    await desk.type("/syria who?", thread=True)
    await expect(desk.page.get_by_text("/syria is not supported in threads.").first).to_be_visible()
    assert desk.workspace.messages("newsroom", said["ts"]) == []


async def test_a_form_shows_its_faults_and_then_goes(desk: Desk) -> None:
    await desk.type("/syria form")
    form = desk.page.get_by_role("dialog", name="Propose a fact")
    statement = form.get_by_label("Statement")
    await expect(statement).to_be_focused()
    await form.get_by_role("button", name="Propose").click()
    await expect(form.get_by_text("Please complete this required field.")).to_have_count(2)
    await statement.fill("I think they met.")
    await form.get_by_label("Kind").select_option("Opinion")
    await form.get_by_label("Tuesday").check()
    await form.get_by_role("button", name="Propose").click()
    await expect(form.get_by_text("Say who thinks so.")).to_be_visible()
    await statement.fill("Ministers met.")
    await form.get_by_role("button", name="Propose").click()
    await expect(form).to_have_count(0)
    await expect(desk.page.locator("#composer")).to_be_focused()
    await desk.go("syria-desk (new messages)")
    await expect(desk.messages("Proposed (opinion): Ministers met.")).to_be_visible()


async def test_a_form_that_changes_keeps_what_was_typed(desk: Desk) -> None:
    await desk.type("/syria form")
    form = desk.page.get_by_role("dialog", name="Propose a fact")
    await form.get_by_label("Statement").fill("Half a sentence")
    await form.get_by_label("Date").fill("2025-04-11")
    await form.get_by_label("Date").press("Tab")
    await expect(form.get_by_text("Dated 2025-04-11")).to_be_visible()
    await expect(form.get_by_label("Statement")).to_have_value("Half a sentence")
    await expect(form.get_by_label("Date")).to_have_value("2025-04-11")


async def test_escape_closes_a_form_and_tells_the_app(desk: Desk) -> None:
    await desk.type("/syria form")
    await expect(desk.page.get_by_role("dialog")).to_be_visible()
    await desk.page.keyboard.press("Escape")
    await expect(desk.page.get_by_role("dialog")).to_have_count(0)
    await expect(desk.page.get_by_role("button", name="syria-desk (new messages)")).to_be_visible()


async def test_the_message_menu_checks_a_message(desk: Desk) -> None:
    desk.workspace.say(JISOO, "newsroom", "Cho met him in Damascus.")
    message = desk.messages("Cho met him in Damascus.")
    await message.hover()
    await message.get_by_role("button", name="Message actions").click()
    await desk.page.get_by_role("menuitem", name="Check with Syria Desk").click()
    await expect(desk.page.get_by_role("dialog", name="Check")).to_contain_text("Checked: Cho met him in Damascus.")


async def test_the_home_tab_is_published_on_opening(desk: Desk) -> None:
    await desk.go("Syria Desk Home")
    await expect(desk.page.locator("#main strong", has_text="Home")).to_be_visible()
    await desk.page.get_by_role("tab", name="Messages").click()
    await desk.type("hello")
    await expect(desk.messages("between us: hello")).to_be_visible()


async def test_another_person_sees_no_private_answer(desk: Desk) -> None:
    await desk.type("/syria secret question")
    await expect(desk.messages("you said secret question")).to_be_visible()
    await desk.page.get_by_label("You are").select_option(JISOO)
    await expect(desk.page.get_by_text("Reporter, Seoul")).to_be_visible()
    await expect(desk.page.locator("#composer")).to_be_focused()
    await expect(desk.messages("you said secret question")).to_have_count(0)
    await expect(desk.page.get_by_role("button", name="editors-only")).to_have_count(0)


async def test_what_others_say_appears_by_itself(desk: Desk) -> None:
    desk.workspace.say(RUTH, "newsroom", "Deadline in *ten* minutes")
    await expect(desk.messages("Deadline in ten minutes").locator("strong")).to_have_text("ten")
    desk.workspace.say(RUTH, "syria-desk", "elsewhere")
    await expect(desk.page.get_by_role("button", name="syria-desk (new messages)")).to_be_visible()
    await desk.go("syria-desk (new messages)")
    await expect(desk.messages("elsewhere")).to_be_visible()


async def test_hostile_text_stays_text(desk: Desk) -> None:
    desk.workspace.say(JISOO, "newsroom", HOSTILE)
    blocks = [
        {"type": "section", "text": {"type": "mrkdwn", "text": HOSTILE}},
        {"type": "markdown", "text": f"{HOSTILE} [x](javascript:alert(1)) ![x](data:text/html,x)"},
        {"type": "context", "elements": [{"type": "plain_text", "text": HOSTILE}]},
    ]
    await client(desk.workspace).chat_postMessage(channel="newsroom", text=HOSTILE, blocks=blocks)
    await expect(desk.messages("onerror=window.pwned=1")).to_have_count(2)
    assert await desk.page.evaluate("window.pwned") is None
    assert await desk.page.locator("#main article a[href^='javascript'], #main article img[src='x']").count() == 0


async def test_a_channel_without_the_app_offers_to_invite_it(desk: Desk) -> None:
    await desk.go("general")
    await desk.type("@Syria Desk who?")
    await desk.page.get_by_role("button", name="Add Syria Desk").click()
    await expect(desk.page.get_by_text("@Syria Desk has joined the channel")).to_be_visible()


async def test_an_archived_channel_can_only_be_read(desk: Desk) -> None:
    await desk.go("press-trip-2019")
    await expect(desk.page.get_by_text("This channel is archived")).to_be_visible()
    await expect(desk.page.locator("#composer")).to_have_count(0)


async def test_an_empty_channel_says_what_to_try(desk: Desk) -> None:
    await desk.page.get_by_role("button", name="/syria help").click()
    await expect(desk.page.locator("#composer")).to_have_value("/syria help")


async def test_work_in_progress_is_seen(desk: Desk) -> None:
    direct = desk.workspace.direct(HANA).id
    api = client(desk.workspace)
    await desk.go("Syria Desk")
    await expect(desk.page.get_by_role("heading", name="Syria Desk", exact=True)).to_be_visible()
    await api.agents_sessions_setStatus(channel_id=direct, status="processing")
    await expect(desk.page.locator(".status-line")).to_contain_text("Syria Desk is working on it…")
    await api.chat_postMessage(channel=direct, text="done")
    await expect(desk.page.locator(".status-line")).to_be_empty()


async def test_the_raw_traffic_is_readable_and_masked(desk: Desk) -> None:
    await desk.page.get_by_role("button", name="Raw traffic").click()
    await desk.type("/syria who?")
    pane = desk.page.locator("#pane")
    await pane.locator("summary", has_text="/syria").click()
    await expect(pane.get_by_text('"command"')).to_be_visible()
    await expect(pane.get_by_text("v0=…")).to_be_visible()
    assert desk.workspace.credentials.verification_token not in await pane.inner_text()


async def test_the_page_comes_back_after_a_reload_where_it_was(desk: Desk) -> None:
    desk.workspace.say(JISOO, "syria-desk", "kept")
    await desk.page.get_by_role("button", name="syria-desk").click()
    await desk.page.reload()
    await expect(desk.messages("kept")).to_be_visible()


async def test_the_page_finds_the_workspace_again(browser: Browser) -> None:
    first = Workspace()
    await first.start()
    port = int(first.url.rsplit(":", 1)[1])
    page = await browser.new_page()
    await page.goto(first.url)
    await expect(page.locator("#composer")).to_be_visible()
    await first.stop()
    await expect(page.locator(".offline")).to_have_count(1)
    second = Workspace()
    await second.start(port)
    second.say(JISOO, "newsroom", "back again")
    await expect(page.get_by_text("back again")).to_be_visible(timeout=15_000)
    await expect(page.locator(".offline")).to_have_count(0)
    await page.close()
    await second.stop()


async def test_a_permalink_opens_its_conversation(desk: Desk) -> None:
    said = desk.workspace.say(JISOO, "syria-desk", "here it is")
    place = desk.workspace.channel("syria-desk")
    await desk.page.goto(desk.workspace.core.permalink(place, said))
    await expect(desk.messages("here it is")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_it_fits_a_phone(desk: Desk, scheme: str) -> None:
    await desk.type("/syria public")
    await expect(desk.messages("Ties between")).to_be_visible()
    asked = desk.workspace.say(JISOO, "newsroom", f"@Syria Desk {'long' * 40}?")
    await desk.workspace.wait_for(lambda: desk.workspace.messages("newsroom", asked["ts"]))
    await desk.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    await desk.page.set_viewport_size({"width": 375, "height": 700})
    assert await overflow(desk.page) == []
    await desk.page.get_by_role("button", name="1 reply").click()
    assert await overflow(desk.page) == []
    await desk.page.get_by_role("button", name="Close thread").click()
    await desk.page.get_by_role("button", name="Channels").click()
    await desk.page.get_by_role("button", name="syria-desk").click()
    await expect(desk.page.get_by_role("heading", name="syria-desk", exact=True)).to_be_visible()
    await desk.type("/syria form")
    await expect(desk.page.get_by_role("dialog")).to_be_visible()
    assert await overflow(desk.page) == []


async def overflow(page: Page) -> list[str]:
    """What is wider than the window and does not scroll by itself."""
    found: list[str] = await page.evaluate(
        """() => [...document.querySelectorAll("body *:not(.visually-hidden, .skip, svg *)")]
            .filter((node) => !node.closest(".sidebar, .table-scroll, [hidden]"))
            .filter((node) => node.getBoundingClientRect().right > innerWidth + 1)
            .map((node) => node.outerHTML.slice(0, 120))"""
    )
    return found


async def test_everything_that_can_be_used_has_a_name(desk: Desk) -> None:
    await desk.type("/syria public")
    await expect(desk.messages("Ties between")).to_be_visible()
    await desk.page.get_by_role("button", name="Raw traffic").click()
    await desk.type("/syria form")
    await expect(desk.page.get_by_role("dialog")).to_be_visible()
    nameless = await desk.page.evaluate(
        """() => [...document.querySelectorAll("button, a[href], input, select, textarea")]
            .filter((node) => !(node.getAttribute("aria-label") || node.textContent.trim() || node.labels?.length))
            .map((node) => node.outerHTML)"""
    )
    assert nameless == []


async def test_it_works_by_keyboard_alone(desk: Desk) -> None:
    await desk.page.keyboard.type("/syria answer")
    await desk.page.keyboard.press("Enter")
    answer = desk.page.locator("article.ephemeral")
    await expect(answer).to_be_visible()
    share = answer.get_by_role("button", name="Share", exact=True)
    for _ in range(20):
        if await share.evaluate("node => node === document.activeElement"):
            break
        await desk.page.keyboard.press("Shift+Tab")
    await expect(share).to_be_focused()
    await desk.page.keyboard.press("Space")
    await expect(desk.messages("Shared with the channel.")).to_be_visible()
