"""The certificates of a stack: an authority made at the first start and what it signs.

Every service process, every store and the operator has one file with a certificate and its key,
named as its common name says. A file is replaced whole, so nobody ever sees half a change.
"""

import subprocess

from .layout import HOST, SERVICES, STORE_PORTS, StackError, clean_environment

AUTHORITY_DAYS = 3650
DAYS = 90
RENEWED_BEFORE_S = 30 * 86400  # Whatever ends sooner is made anew at the next `up`.
OPERATOR = "operator"  # Whoever works on the stores with the tools.


class Certificates:
    def __init__(self, layout):
        self.folder = layout.folder("certificates")
        self.authority = self.folder / "ca.pem"
        self.key = self.folder / "ca.key"
        self.title = f"Bordero {layout.name}"

    def file(self, name):
        """The certificate of this name, and its key."""
        return self.folder / f"{name}.pem"

    def ensure(self):
        """Makes what is missing or ends soon; says the names that were made."""
        self._ensure_authority()
        late = [name for name in names() if not self._lasts(self.file(name))]
        for name in late:
            self._issue(name)
        return late

    def renew(self):
        """Makes all anew, under the same authority."""
        self._ensure_authority()
        for name in names():
            self._issue(name)
        return names()

    def settings(self, name):
        """How a process is told who it is and whom it may believe."""
        return {
            "BORDERO_TLS_CA_FILE": str(self.authority),
            "BORDERO_TLS_CERT_FILE": str(self.file(name)),
            "BORDERO_TLS_KEY_FILE": str(self.file(name)),
        }

    def _ensure_authority(self):
        if self.key.exists() and self._lasts(self.authority):
            return
        drafts = self._draft(self.key), self._draft(self.authority)
        _openssl(
            "req", "-x509", *_new_key(drafts[0]), "-out", drafts[1], "-days", str(AUTHORITY_DAYS),
            "-subj", f"/CN={self.title}", "-addext", "basicConstraints=critical,CA:TRUE,pathlen:0",
            "-addext", "keyUsage=critical,keyCertSign,cRLSign",
        )
        drafts[0].replace(self.key)
        drafts[1].replace(self.authority)
        for name in names():  # What another authority signed is of no use any more.
            self.file(name).unlink(missing_ok=True)

    def _issue(self, name):
        key, certificate = self._draft(f"{name}.key"), self._draft(f"{name}.crt")
        # A store never asks anybody, so its certificate is no client's.
        usage = "serverAuth" if name in STORE_PORTS else "serverAuth,clientAuth"
        _openssl(
            "req", "-x509", "-CA", self.authority, "-CAkey", self.key, *_new_key(key),
            "-out", certificate, "-days", str(DAYS), "-subj", f"/CN={name}",
            "-addext", f"subjectAltName=DNS:{name},DNS:localhost,IP:{HOST}",
            "-addext", "basicConstraints=critical,CA:FALSE",
            "-addext", "keyUsage=critical,digitalSignature",
            "-addext", f"extendedKeyUsage={usage}",
        )
        both = self._draft(self.file(name))
        both.touch(mode=0o600)
        both.write_text(key.read_text() + certificate.read_text())
        both.replace(self.file(name))
        key.unlink()
        certificate.unlink()

    def _lasts(self, path):
        if not path.exists():
            return False
        command = ["openssl", "x509", "-in", path, "-noout", "-checkend", str(RENEWED_BEFORE_S)]
        return subprocess.run(command, check=False, capture_output=True).returncode == 0

    def _draft(self, name):
        return self.folder / f".{getattr(name, 'name', name)}.new"


def names():
    return [*(service.name for service in SERVICES), *STORE_PORTS, OPERATOR]


def _new_key(path):
    return "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", path


def _openssl(*words):
    done = subprocess.run(
        ["openssl", *words], check=False, capture_output=True, text=True, umask=0o077,
        env=clean_environment(),
    )
    if done.returncode != 0:
        raise StackError(f"openssl {words[0]} failed:\n{done.stderr}")
