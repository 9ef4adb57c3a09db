"""A mail server for tests: aiosmtpd (Debian: python3-aiosmtpd), answering as the recipient's name asks.

The first line printed is the port. Then each mail that was taken is one line of JSON: from, to, text,
and whether it came over TLS. A recipient called gone, busy, refused or hangup is answered as the name says.

Arguments: plain | starttls | tls, then the certificate and the key, then user and password.
"""

import asyncio
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

MODE, CERTIFICATE, KEY, USER, PASSWORD = (sys.argv[1:] + [""] * 5)[:5]


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        name = address.split("@")[0]
        if name == "gone":
            return "550 5.1.1 no such mailbox"
        if name == "busy":
            return "450 4.2.1 try later"
        if name == "hangup":
            server.transport.write(b"421 4.3.2 closing\r\n")
            server.transport.close()
            return "421 4.3.2 closing"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        if any(address.startswith("refused@") for address in envelope.rcpt_tos):
            return "554 5.7.1 not this"
        mail = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "text": envelope.content.decode("utf-8", "replace"),
            "tls": server.transport.get_extra_info("ssl_object") is not None,
            "user": session.auth_data.login.decode() if session.authenticated else "",
        }
        print(json.dumps(mail), flush=True)
        return "250 2.0.0 taken"


def authenticator(server, session, envelope, mechanism, data):
    right = data.login == USER.encode() and data.password == PASSWORD.encode()
    return AuthResult(success=right, handled=False, auth_data=data)


options = {}
context = None
if MODE != "plain":
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE, KEY)
if MODE == "starttls":
    options.update(tls_context=context, require_starttls=True)
if USER:
    options.update(authenticator=authenticator, auth_required=True, auth_require_tls=MODE == "starttls")


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(Handler(), hostname="mail.example.org", loop=loop, **options),
        "127.0.0.1", 0, ssl=context if MODE == "tls" else None,
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    # Until whoever started it closes its input.
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


asyncio.run(main())
