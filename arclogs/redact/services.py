"""Tokens of clouds, registries and services, which their prefix gives away.

The prefixes are those that their makers document for secret scanning; lengths are open-ended.
"""

from __future__ import annotations

from typing import Final

from arclogs.lazy_regex import lazy_compile
from arclogs.redact.pattern import START, Pattern, token

SERVICES: Final[tuple[Pattern, ...]] = (
    token("aws-key", ("AKIA", "ASIA", "AROA", "AIDA"), r"[A-Z0-9]{16}\b"),
    token("google-key", ("AIza",), r"[\w-]{35,}"),
    token("google-token", ("ya29.",), r"[\w.-]{20,}"),
    Pattern(
        "azure-secret",
        ("q~",),
        lazy_compile(r"(?:(?<![\w.~-])|(?<=[0-9\[]m))[\w.~-]{3}\dQ~[\w.~-]{31,}"),
    ),
    token(
        "registry-token",
        ("glpat-", "gldt-", "glrt-", "dckr_pat_", "npm_", "pypi-AgE", "rubygems_", "AKCp"),
        r"[\w.-]{20,}",
    ),
    Pattern(
        "registry-token",
        ("cmvmdgtu",),  # base64 of "reftkn": Artifactory's reference tokens
        lazy_compile(START + r"cmVmdGtu[A-Za-z0-9+/=]{24,}"),
    ),
    token(
        "slack-token",
        ("xoxa-", "xoxb-", "xoxe-", "xoxo-", "xoxp-", "xoxr-", "xoxs-", "xapp-"),
        r"[A-Za-z0-9-]{10,}",
    ),
    Pattern(
        "webhook-url",
        (
            "hooks.slack.com",
            "discord.com/api/webhooks",
            "discordapp.com/api/webhooks",
            ".webhook.office.com",
        ),
        lazy_compile(
            r"(?:hooks\.slack\.com/(?:services|workflows|triggers)/"
            r"|discord(?:app)?\.com/api/webhooks/|\.webhook\.office\.com/)([\w@/-]{16,})"
        ),
    ),
    token("vault-token", ("hvs.", "hvb.", "hvr."), r"[\w-]{20,}"),
    Pattern(
        "terraform-token",
        (".atlasv1.",),
        lazy_compile(START + r"[A-Za-z0-9]{10,20}\.atlasv1\.[\w=-]{40,}"),
    ),
    token(
        "cloud-token",
        ("dop_v1_", "doo_v1_", "dapi", "pul-", "dp.pt.", "dp.st.", "FlyV1 "),
        r"(?=[\w.,+/=-]{0,64}\d)[\w.,+/=-]{30,}",
    ),
    token(
        "service-token",
        (
            "sk_live_",
            "sk_test_",
            "rk_live_",
            "SG.",
            "NRAK-",
            "glsa_",
            "glc_",
            "sqp_",
            "squ_",
            "sqa_",
            "sntrys_",
            "lin_api_",
            "phc_",
            "ATATT3x",
            "figd_",
        ),
        r"(?=[\w.=-]{0,64}\d)[\w.=-]{20,}",
    ),
    token(
        "model-key",
        ("sk-", "hf_", "gsk_", "r8_"),
        r"(?=[\w-]{0,64}\d)(?=[\w-]{0,64}[A-Z])[\w-]{28,}",
    ),
)
