"""Template words in the reader's language; facts stay in the source's."""

from __future__ import annotations

from typing import TypedDict

from knowledge.model import Lang, Verdict


class Words(TypedDict):
    """What the desk itself says around an answer."""

    read_as: str
    nearest: str
    next: str
    left_out: str
    yours: str
    source: str
    show_source: str
    cite: str
    share: str
    wrong: str
    explain: str
    propose: str
    asked: str
    shared: str


_EN: Words = {
    "read_as": "Read as", "nearest": "Nearest in the article", "next": "Next",
    "left_out": "{count} more lines are not shown here.", "yours": "yours", "source": "source",
    "show_source": "Show source", "cite": "Cite", "share": "Share to channel", "wrong": "Something wrong",
    "explain": "How was this read?", "propose": "Propose a fact", "asked": "{who} asked: {question}",
    "shared": "Shared by {who}, who asked: {question}",
}  # fmt: skip
_KO: Words = {
    "read_as": "이렇게 읽음", "nearest": "기사에서 가장 가까운 내용", "next": "다음 질문",
    "left_out": "{count}줄은 여기에 표시하지 않았습니다.", "yours": "입력", "source": "기사",
    "show_source": "출처 보기", "cite": "인용 표기", "share": "채널에 공유", "wrong": "오류 신고",
    "explain": "어떻게 읽었나요?", "propose": "사실 제안", "asked": "{who}의 질문: {question}",
    "shared": "{who} 님이 공유했습니다. 질문: {question}",
}  # fmt: skip
_AR: Words = {
    "read_as": "قُرئ السؤال هكذا", "nearest": "الأقرب في المقال", "next": "أسئلة تالية",
    "left_out": "لم تُعرض هنا {count} أسطر أخرى.", "yours": "نصّك", "source": "المصدر",
    "show_source": "عرض المصدر", "cite": "صيغة الإسناد", "share": "مشاركة في القناة", "wrong": "هناك خطأ",
    "explain": "كيف قُرئ السؤال؟", "propose": "اقتراح معلومة", "asked": "سأل {who}: {question}",
    "shared": "شاركها {who} الذي سأل: {question}",
}  # fmt: skip
_TR: Words = {
    "read_as": "Şöyle okundu", "nearest": "Haberde en yakını", "next": "Sıradaki sorular",
    "left_out": "{count} satır burada gösterilmiyor.", "yours": "sizinki", "source": "kaynak",
    "show_source": "Kaynağı göster", "cite": "Atıf", "share": "Kanalda paylaş", "wrong": "Bir yanlış var",
    "explain": "Nasıl okundu?", "propose": "Bilgi öner", "asked": "{who} sordu: {question}",
    "shared": "Paylaşan: {who}. Sorusu: {question}",
}  # fmt: skip

WORDS: dict[Lang, Words] = {"en": _EN, "ko": _KO, "ar": _AR, "tr": _TR}

VERDICTS: dict[Lang, dict[Verdict, str]] = {
    "en": {
        Verdict.SUPPORTED: "Supported",
        Verdict.STRONGER: "Stronger than the source",
        Verdict.CONTRADICTED: "Contradicted",
        Verdict.NOT_IN_SOURCE: "Not in the article",
        Verdict.CANNOT_TELL: "Cannot tell",
    },
    "ko": {
        Verdict.SUPPORTED: "기사로 뒷받침됨",
        Verdict.STRONGER: "기사보다 강한 표현",
        Verdict.CONTRADICTED: "기사와 어긋남",
        Verdict.NOT_IN_SOURCE: "기사에 없음",
        Verdict.CANNOT_TELL: "판단할 수 없음",
    },
    "ar": {
        Verdict.SUPPORTED: "مدعوم",
        Verdict.STRONGER: "أقوى مما في المصدر",
        Verdict.CONTRADICTED: "يناقض المقال",
        Verdict.NOT_IN_SOURCE: "ليس في المقال",
        Verdict.CANNOT_TELL: "لا يمكن الجزم",
    },
    "tr": {
        Verdict.SUPPORTED: "Destekleniyor",
        Verdict.STRONGER: "Kaynaktan daha güçlü",
        Verdict.CONTRADICTED: "Kaynakla çelişiyor",
        Verdict.NOT_IN_SOURCE: "Haberde yok",
        Verdict.CANNOT_TELL: "Söylenemez",
    },
}
