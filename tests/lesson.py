# ruff: noqa: E501 # a text and its translations are read side by side on one line
"""A small complete module in French, Arabic and English, with a little Darija."""

from __future__ import annotations

from cafe_ia.curriculum import Module

__all__ = ["SAMPLE"]


def said(fr: str, ar: str, en: str, **others: str) -> dict[str, str]:
    """A text in its languages."""
    return {"fr": fr, "ar": ar, "en": en, **others}


SAMPLE = Module.model_validate(
    {
        "id": "exemple",
        "updated": "2026-11-24T12:00:00Z",
        "authors": ["The cafe_ia contributors"],
        "ages": "12-",
        "frameworks": ["unesco-students-ai-foundations", "ai4k12-learning"],
        "standing": {"fr": {}, "ar": {}, "en": {}, "ary": {}},
        "question": said(
            "Est-ce que la machine parle nos langues ?",
            "هل تتكلم الآلة لغاتنا؟",
            "Does the machine speak our languages?",
            ary="واش الماكينة كتهضر لغاتنا؟",
        ),
        "invitation": said(
            "Venez parler, **dans votre langue**.\n\nC’est gratuit.",
            "تعالوا نتحدث **بلغتكم**.\n\nالدخول مجاني.",
            "Come and talk, **in your language**.\n\nIt is free.",
            ary="أجيو نهضرو **بلغتكم**.\n\nالدخول فابور.",
        ),
        "objectives": [
            {
                "text": said(
                    "Raconter pourquoi un mot est coupé",
                    "حكاية سبب تقطيع الكلمة",
                    "Tell why a word is cut",
                )
            },
            {"text": said("Trier deux exemples", "ترتيب مثالين", "Sort two examples")},
        ],
        "steps": [
            {
                "id": "accueil",
                "mode": "frame",
                "minutes": {"60": 10, "90": 15},
                "title": said("Accueil", "الترحيب", "Welcome", ary="مرحبا"),
                "guide": said(
                    "Les chaises en cercle.\n\n> Bienvenue. Ici, pas de question bête.\n>\n> On écoute autant qu’on parle.",
                    "الكراسي في دائرة.\n\n> مرحبا بكم. لا يوجد سؤال سخيف.\n>\n> نستمع بقدر ما نتكلم.",
                    "Chairs in a circle.\n\n> Welcome. No question is stupid.\n>\n> We listen as much as we speak.",
                    ary="> مرحبا بيكم. ما كاينش سؤال خايب.",
                ),
            },
            {
                "id": "machine",
                "mode": "show",
                "minutes": {"60": 20, "90": 25},
                "title": said("La machine", "الآلة", "The machine"),
                "guide": said(
                    "1. Poser les cartes\n2. Parier\n\n> Combien de morceaux ?",
                    "1. ضع البطاقات\n2. راهنوا\n\n> كم قطعة؟",
                    "1. Lay the cards\n2. Bet\n\n> How many pieces?",
                ),
            },
            {
                "id": "pause",
                "mode": "break",
                "minutes": {"90": 5},
                "title": said("Pause", "استراحة", "Break"),
                "guide": said("Du thé.", "شاي.", "Tea."),
            },
            {
                "id": "parler",
                "mode": "discuss",
                "minutes": {"60": 30, "90": 45},
                "title": said("Parler", "النقاش", "Talk"),
                "guide": said(
                    "Tables de quatre.\n\n> Qui devrait payer ?",
                    "طاولات من أربعة.\n\n> من يجب أن يدفع؟",
                    "Tables of four.\n\n> Who should pay?",
                ),
            },
        ],
        "prediction": said(
            "> Quelle langue coûte le plus ?\n\n- le français\n- l’arabe\n- l’amazighe",
            "> أي لغة تكلف أكثر؟\n\n- الفرنسية\n- العربية\n- الأمازيغية",
            "> Which language costs most?\n\n- French\n- Arabic\n- Amazigh",
        ),
        "twin": {
            "rules": said(
                "1. Distribuer.\n2. Couper.\n\nLe jeu est **plus simple** que la machine.",
                "1. وزع.\n2. اقطع.\n\nاللعبة **أبسط** من الآلة.",
                "1. Deal.\n2. Cut.\n\nThe game is **simpler** than the machine.",
            ),
            "decks": [
                {
                    "title": said("Morceaux", "القطع", "Pieces"),
                    "cards": [
                        said("bon", "سلا", "hel"),
                        said("jour", "م", "lo"),
                        said("mer", "شك", "thank"),
                        said("ci", "را", "s"),
                        said(
                            "**12** · dossier complet",
                            "**12** · ملف كامل",
                            "**12** · complete file",
                        ),
                        said("ⴰⵣⵓⵍ", "ⴰⵣⵓⵍ", "ⴰⵣⵓⵍ"),
                        said("سلام", "bonjour", "سلام"),
                        said("ما", "ما", "ما"),
                        said("dix", "عشرة", "ten"),
                    ],
                }
            ],
            "sheets": [
                {
                    "title": said("Feuille de compte", "ورقة العد", "Counting sheet"),
                    "body": said(
                        "Compter ensemble.\n\n| Mot | Morceaux | Coût |\n|---|---|---|\n| bonjour | | |\n| سلام | | |",
                        "نعد معا.\n\n| الكلمة | القطع | الكلفة |\n|---|---|---|\n| سلام | | |\n| bonjour | | |",
                        "Count together.\n\n| Word | Pieces | Cost |\n|---|---|---|\n| hello | | |\n| سلام | | |",
                    ),
                }
            ],
        },
        "debate": {
            "question": said(
                "Qui devrait payer pour que la machine parle nos langues ?",
                "من يجب أن يدفع كي تتكلم الآلة لغاتنا؟",
                "Who should pay for the machine to speak our languages?",
                ary="شكون خاصو يخلص باش الماكينة تهضر لغاتنا؟",
            ),
            "follow_ups": [
                said("Et si c’est gratuit ?", "وإذا كان مجانيا؟", "And if it is free?"),
                said("Qui décide ?", "من يقرر؟", "Who decides?"),
            ],
        },
        "expected": [
            {
                "said": said(
                    "« Ça ne me concerne pas. »", "«هذا لا يعنيني.»", "“It is not for me.”"
                ),
                "reply": said(
                    "Demander un exemple.\n\n> Quand avez-vous attendu ?",
                    "اطلب مثالا.\n\n> متى انتظرت؟",
                    "Ask for an example.\n\n> When did you wait?",
                ),
            }
        ],
        "hard": {
            "said": said(
                "« Est-ce que la machine va effacer nos langues ? »",
                "«هل ستمحو الآلة لغاتنا؟»",
                "“Will the machine erase our languages?”",
            ),
            "reply": said(
                "Le dire : personne ne sait.\n\n> Je ne sais pas.",
                "قلها: لا أحد يعلم.\n\n> لا أعرف.",
                "Say it: nobody knows.\n\n> I do not know.",
            ),
        },
        "terms": [
            {
                "word": said("jeton", "رمز", "token", ary="طرف"),
                "definition": said("Un morceau de mot.", "قطعة من كلمة.", "A piece of a word."),
            },
            {
                "word": said("modèle", "نموذج", "model"),
                "definition": said(
                    "Ce que la machine a appris.",
                    "ما تعلمته الآلة.",
                    "What the machine has learned.",
                ),
            },
        ],
        "quiz": {
            "items": [
                {
                    "question": said(
                        "Un jeton, c’est… {a = b ~ 10 #2}", "الرمز هو…", "A token is…"
                    ),
                    "answers": [
                        {"text": said("un mot", "كلمة", "a word")},
                        {
                            "text": said("un morceau de mot", "قطعة من كلمة", "a piece of a word"),
                            "right": True,
                        },
                        {"text": said("une lettre", "حرف", "a letter")},
                    ],
                    "why": said(
                        "La machine coupe selon ce qu’elle a lu.",
                        "تقطع الآلة حسب ما قرأت.",
                        "The machine cuts by what it has read.",
                    ),
                },
                {
                    "question": said(
                        "Quels mots coûtent plus ?",
                        "أي الكلمات تكلف أكثر؟",
                        "Which words cost more?",
                    ),
                    "answers": [
                        {"text": said("les rares", "النادرة", "rare ones"), "right": True},
                        {"text": said("les courts", "القصيرة", "short ones")},
                        {"text": said("les inconnus", "المجهولة", "unknown ones"), "right": True},
                    ],
                    "why": said(
                        "Elle les coupe en petits morceaux.",
                        "تقطعها إلى قطع صغيرة.",
                        "It cuts them into small pieces.",
                    ),
                },
            ]
        },
        "materials": [said("des ciseaux", "مقص", "scissors"), said("du papier", "ورق", "paper")],
        "takeaway": said(
            "J’ai vu que la machine coupe les mots.\n\nDemain, je peux demander : *dans quelle langue a-t-elle appris ?*",
            "رأيت أن الآلة تقطع الكلمات.\n\nغدا أستطيع أن أسأل: *بأي لغة تعلمت؟*",
            "I saw that the machine cuts words.\n\nTomorrow I can ask: *in which language did it learn?*",
        ),
        "references": [
            {
                "text": said(
                    "ONU, [Déclaration universelle](https://www.un.org/fr/universal-declaration-human-rights/), 1948.",
                    "الأمم المتحدة، [الإعلان العالمي](https://www.un.org/ar/universal-declaration-human-rights/)، 1948.",
                    "UN, [Universal Declaration](https://www.un.org/en/about-us/universal-declaration-of-human-rights), 1948.",
                )
            }
        ],
    }
)
