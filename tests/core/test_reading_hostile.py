"""Mail made to harm: whatever its size and its shape, an answer comes within two seconds and 200 MB."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from addin.core.reading.mails import read_mail
from addin.core.reading.sent import Sent

ROOT = Path(__file__).parents[2]
HEAD = b"From: a@b.example\nIn-Reply-To: <x@y.example>\n"
TEXT = b"Content-Type: text/plain\n\n"
PAGE = b"Content-Type: text/html\n\n"
MIXED = b"Content-Type: multipart/mixed; boundary=a\n\n--a\n"
BODIES = {
    "chevrons": PAGE + b"<" * 600_000,
    "paragraphes": PAGE + b"<p>" * 200_000,
    "divisions": PAGE + b"<div class='a' id=b style='color:red'>x" * 15_000,
    "citations": PAGE + b"<blockquote>x" * 45_000,
    "attributs": PAGE + b"<a " + b"b='c' " * 100_000 + b">x",
    "fermetures": PAGE + b"<div>" * 500 + b"</p>" * 100_000,
    "entités": PAGE + b"&amp;" * 120_000,
    "attributions": TEXT + b"Le 2 mars 2026, Paul a \xc3\xa9crit\n" * 7_000,
    "étiquettes": TEXT + b"De : x\n" * 20_000,
    "blocs": TEXT + b"De : x\nDate : y\nObjet : z\nbla\n" * 5_000,
    "une ligne": TEXT + (b"De : x" + b" date : x" * 100 + b"\n") * 220,
    "tirets": TEXT + (b"-" * 990 + b"\n") * 200,
    "entre les lignes": TEXT + b"> a\nb c d\n\n" * 7_000,
    "mentions": TEXT + b"Ce message est exclusivement\n" * 6_000,
    "formules": TEXT + (b"dans l'attente de " * 7 + b"\n") * 1_500,
    "signatures": TEXT + b"Cordialement,\nPaul\n" * 9_000,
    "images": TEXT + b"[cid:" * 40_000,
    "liens": TEXT + b"a@b<mailto:" * 20_000,
    "mots": TEXT + b"a b c " * 33_000,
    "tickets": b"Subject: " + b"[#1 ticket n" * 20_000 + b"\n\nx",
    "parties": MIXED + b"--a\nContent-Type: text/html\n\n<p>x\n" * 20_000,
    "boîtes": b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3_000)),
    "messages": b"Content-Type: message/rfc822\n\n" * 3_000,
}


@pytest.mark.parametrize("name", BODIES)
def test_an_answer_comes_soon(name: str) -> None:
    raw = HEAD + BODIES[name]
    for sent in ((), (Sent("a b c " * 20_000), Sent("Ceci ne dit rien. " * 3_000))):
        start = time.process_time()
        read = read_mail(raw, sent=sent)
        assert time.process_time() - start < 2
        assert read.sender.email == "a@b.example"


LARGE = {
    "lignes": 'TEXT + b"\\n" * 24_000_000',
    "une ligne": 'TEXT + b"x" * 24_000_000',
    "en-têtes": 'b"X: y\\n" * 4_800_000 + b"\\nx"',
    "en-têtes d'une partie": 'MIXED + b"X: y\\n" * 4_800_000',
    "texte": 'TEXT + b"lorem ipsum dolor sit amet " * 890_000',
    "page": "PAGE + b\"<div><p style='color:red'>bonjour <b>toi</b></p></div>\\n\" * 440_000",
    "fichier": 'MIXED + b"\\nOui\\n--a\\nContent-Type: application/pdf; name=a.pdf\\nContent-Transfer-Encoding: base64\\n\\n" + '
    '(b"QUJD" * 19 + b"\\n") * 305_000 + b"--a--\\n"',
}
SCRIPT = """
import time
from addin.core.reading.mails import read_mail
HEAD, TEXT, PAGE, MIXED = {parts}
raw = HEAD + {body}
start = time.process_time()
read = read_mail(raw)
spent = time.process_time() - start
# ru_maxrss would count what the process that started this one holds
with open("/proc/self/status") as status:
    peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) // 1024
print(spent, peak, read.sender.email)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="la mémoire d'un processus se compte autrement ailleurs")
@pytest.mark.parametrize("name", LARGE)
def test_the_largest_mail_takes_neither_time_nor_memory(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(body=LARGE[name], parts=(HEAD, TEXT, PAGE, MIXED))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    seconds, megabytes, sender = done.stdout.split()
    assert (float(seconds) < 2, int(megabytes) < 200, sender) == (True, True, "a@b.example"), done.stdout
