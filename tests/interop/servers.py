"""Starts Debian's Dovecot and Postfix for the tests: loopback only, free ports, a temporary directory.

    with Servers(directory) as servers:
        servers.ports["imap"], servers.ca_file, servers.password, ...

Dovecot serves IMAP, POP3, LMTP and submission; Postfix serves SMTP and submission and delivers to Dovecot by
LMTP. Accounts: alice, bob, carol @mailspec.test. Everything is stopped by the process ids kept here.
"""
import os
import pathlib
import re
import secrets
import shutil
import signal
import socket
import subprocess
import time

DOMAIN = "mailspec.test"
USERS = ("alice", "bob", "carol")
PORTS = ("imap", "imaps", "pop3", "pop3s", "lmtp", "dovecot-submission", "dovecot-submissions",
         "auth", "smtp", "submission", "submissions")

DOVECOT = """
base_dir = {dir}/dovecot-run
state_dir = {dir}/dovecot-state
instance_name = mailspec-{token}
log_path = {dir}/dovecot.log
protocols = imap pop3 lmtp submission
listen = 127.0.0.1
hostname = mail.{domain}
ssl = yes
ssl_cert = <{dir}/server.pem
ssl_key = <{dir}/server.key
disable_plaintext_auth = no
auth_mechanisms = plain login cram-md5 scram-sha-1 scram-sha-256
auth_username_format = %Ln
# Wrong passwords are tried on purpose: do not punish them with seconds.
auth_failure_delay = 0
mail_location = maildir:{dir}/mail/%n
mail_uid = {owner}
mail_gid = {group}
first_valid_uid = 1
mail_home = {dir}/home/%n
# Nothing is logged for a user who has no folder there.
rawlog_dir = {dir}/rawlog/%n
mail_max_userip_connections = 200
passdb {{
  driver = passwd-file
  args = {dir}/users
}}
userdb {{
  driver = static
  args = uid={owner} gid={group} home={dir}/home/%n
}}
namespace inbox {{
  inbox = yes
  separator = {separator}
  prefix = {prefix}
  mailbox Drafts {{
    special_use = \\Drafts
    auto = subscribe
  }}
  mailbox Sent {{
    special_use = \\Sent
    auto = subscribe
  }}
  mailbox Trash {{
    special_use = \\Trash
    auto = subscribe
  }}
  mailbox Junk {{
    special_use = \\Junk
    auto = subscribe
  }}
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
  process_min_avail = 2
}}
service pop3-login {{
  inet_listener pop3 {{
    port = {pop3}
  }}
  inet_listener pop3s {{
    port = {pop3s}
    ssl = yes
  }}
}}
service submission-login {{
  inet_listener submission {{
    port = {dovecot-submission}
  }}
  inet_listener submissions {{
    port = {dovecot-submissions}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
service auth {{
  inet_listener {{
    address = 127.0.0.1
    port = {auth}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
submission_relay_host = 127.0.0.1
submission_relay_port = {smtp}
submission_relay_trusted = yes
protocol pop3 {{
  mail_max_userip_connections = 200
}}
"""

# What DOVECOT gains where users share their mailboxes with each other, annotate them and have a quota.
SHARING = """
mail_plugins = acl quota
mail_attribute_dict = file:{dir}/home/attributes-%n
namespace others {{
  type = shared
  separator = {separator}
  prefix = shared{separator}%%u{separator}
  location = maildir:{dir}/mail/%%n
  subscriptions = no
  list = children
}}
plugin {{
  acl = vfile
  acl_shared_dict = file:{dir}/home/shared-mailboxes
  quota = count:User quota
  quota_vsizes = yes
  quota_rule = *:storage=10G
}}
protocol imap {{
  mail_plugins = acl quota imap_acl imap_quota
  imap_metadata = yes
}}
"""

MAIN_CF = """
compatibility_level = 3.6
queue_directory = {dir}/postfix-queue
data_directory = {dir}/postfix-data
maillog_file_prefixes = {dir}
maillog_file = {dir}/postfix.log
mail_owner = postfix
setgid_group = postdrop
command_directory = /usr/sbin
daemon_directory = {daemons}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.{domain}
mydestination =
local_recipient_maps =
alias_maps =
mynetworks = 127.0.0.0/8
virtual_mailbox_domains = {domain}
virtual_mailbox_maps = texthash:{dir}/recipients
virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
lmtp_destination_recipient_limit = 1
disable_dns_lookups = yes
smtpd_tls_cert_file = {dir}/server.pem
smtpd_tls_key_file = {dir}/server.key
smtpd_tls_security_level = may
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{auth}
smtpd_sasl_auth_enable = yes
smtpd_sasl_security_options = noanonymous
smtpd_error_sleep_time = 0
smtpd_soft_error_limit = 100
smtpd_hard_error_limit = 200
smtpd_client_connection_count_limit = 0
smtpd_recipient_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination
in_flow_delay = 0
"""

MASTER_CF = """
{smtp}       inet  n - n - -   smtpd
{submission} inet  n - n - -   smtpd
  -o smtpd_tls_auth_only=no -o smtpd_client_restrictions=permit_sasl_authenticated,reject
  -o smtpd_relay_restrictions=permit_sasl_authenticated,reject
  -o smtpd_sender_restrictions=
  -o smtpd_helo_restrictions= -o mynetworks=
{submissions} inet  n - n - -   smtpd
  -o smtpd_tls_wrappermode=yes -o smtpd_client_restrictions=permit_sasl_authenticated,reject
  -o mynetworks=
pickup    unix  n - n 60 1     pickup
cleanup   unix  n - n - 0      cleanup
qmgr      unix  n - n 300 1    qmgr
tlsmgr    unix  - - n 1000? 1  tlsmgr
rewrite   unix  - - n - -      trivial-rewrite
bounce    unix  - - n - 0      bounce
defer     unix  - - n - 0      bounce
trace     unix  - - n - 0      bounce
verify    unix  - - n - 1      verify
flush     unix  n - n 1000? 0  flush
proxymap  unix  - - n - -      proxymap
proxywrite unix - - n - 1      proxymap
smtp      unix  - - n - -      smtp
relay     unix  - - n - -      smtp
showq     unix  n - n - -      showq
error     unix  - - n - -      error
retry     unix  - - n - -      error
discard   unix  - - n - -      discard
local     unix  - n n - -      local
virtual   unix  - n n - -      virtual
lmtp      unix  - - n - -      lmtp
anvil     unix  - - n - 1      anvil
scache    unix  - - n - 1      scache
postlog   unix-dgram n - n - 1 postlogd
"""


def unavailable():
    """Why the servers cannot be started on this machine, or None."""
    if os.geteuid() != 0:
        return "Dovecot and Postfix start only as root"
    for program in ("dovecot", "postfix", "openssl"):
        if not shutil.which(program, path="/usr/sbin:/usr/bin:/sbin:/bin"):
            return f"{program} is not installed"
    version = subprocess.run(["dovecot", "--version"], capture_output=True, text=True, check=True).stdout
    if not version.startswith("2.3."):
        return f"the configuration here is for Dovecot 2.3, this is {version.split()[0]}"
    return None


def running_in_group(group):
    """The names of the processes of that group that still run; zombies do not."""
    found = []
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            state, _, process_group = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
            if int(process_group) == group and state != "Z":
                found.append((folder / "cmdline").read_bytes().split(b"\0")[0].decode().rpartition("/")[2])
        except OSError:
            continue
    return found


def free_ports(names):
    """A free loopback port for each name; all are held until all are known, so none is given twice."""
    held = []
    for name in names:
        s = socket.socket()
        s.bind(("127.0.0.1", 0))
        held.append((name, s))
    ports = {name: s.getsockname()[1] for name, s in held}
    for _, s in held:
        s.close()
    return ports


def make_certificates(directory):
    """A certificate authority (ca.pem) and a certificate of its for localhost and 127.0.0.1 (server.pem)."""
    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], cwd=directory, check=True, capture_output=True)

    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    openssl("req", "-x509", *curve, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=mailspec test CA")
    openssl("req", *curve, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
    (directory / "names").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
            "-out", "server.pem", "-days", "2", "-extfile", "names")


class Servers:
    def __init__(self, directory, hierarchy=("/", ""), more=""):
        """hierarchy: the delimiter and the prefix of the personal namespace; more: what Dovecot's configuration gains."""
        self.more = more
        self.hierarchy = hierarchy
        self.directory = pathlib.Path(directory)
        self.password = secrets.token_hex(8)
        self.ports = free_ports(PORTS)
        self.ca_file = self.directory / "ca.pem"
        self.processes = []
        self.postfix_master = None

    def __enter__(self):
        try:
            self.directory.chmod(0o755)
            make_certificates(self.directory)
            self.start_dovecot()
            self.start_postfix()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def write(self, name, template, **more):
        values = dict(self.ports, dir=self.directory, domain=DOMAIN, token=self.directory.name, **more)
        path = self.directory / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(re.sub(r"\{([\w-]+)\}", lambda m: str(values[m.group(1)]),
                               template.replace("{{", "\x01").replace("}}", "\x02"))
                        .replace("\x01", "{").replace("\x02", "}"))
        return path

    def start_dovecot(self):
        (self.directory / "users").write_text("".join(f"{u}:{{PLAIN}}{self.password}\n" for u in USERS))
        for folder in ("mail", "home", "dovecot-run", "dovecot-state"):
            (self.directory / folder).mkdir()
        for folder in ("mail", "home"):
            shutil.chown(self.directory / folder, "nobody", "nogroup")
        self.launch_dovecot()

    def launch_dovecot(self):
        separator, prefix = self.hierarchy
        config = self.write("dovecot.conf", DOVECOT + self.more, owner="nobody", group="nogroup", separator=separator, prefix=prefix)
        self.dovecot = self.run(["/usr/sbin/dovecot", "-F", "-c", str(config)])
        self.await_ports("imap", "pop3", "lmtp", "dovecot-submission", "auth")

    def restart_dovecot(self):
        self.stop_dovecot()
        self.launch_dovecot()

    def stop_dovecot(self):
        """Ends it with all its sessions. Not by SIGKILL: in the midst of a command it leaves locks that block its users
        for minutes."""
        os.killpg(self.dovecot.pid, signal.SIGTERM)
        self.dovecot.wait(10)
        self.await_end_of(lambda name: True)
        self.processes.remove(self.dovecot)

    def await_end_of(self, wanted):
        """Waits until Dovecot has no process of such a name: "imap" is one session, with the command that it is at."""
        deadline = time.monotonic() + 20
        while any(map(wanted, running_in_group(self.dovecot.pid))):
            if time.monotonic() > deadline:
                raise RuntimeError(f"still there: {running_in_group(self.dovecot.pid)}")
            time.sleep(0.02)

    def start_postfix(self):
        for folder in ("postfix", "postfix-queue", "postfix-data"):
            (self.directory / folder).mkdir()
        shutil.chown(self.directory / "postfix-data", "postfix")
        (self.directory / "recipients").write_text("".join(f"{u}@{DOMAIN} {u}\n" for u in USERS))
        daemons = subprocess.run(["postconf", "-d", "-h", "daemon_directory"], capture_output=True, text=True, check=True)
        self.write("postfix/main.cf", MAIN_CF, daemons=daemons.stdout.strip())
        self.write("postfix/master.cf", MASTER_CF)
        self.run(["/usr/sbin/postfix", "-c", str(self.directory / "postfix"), "start-fg"])
        self.await_ports("smtp", "submission", "submissions")
        # start-fg leaves the master in a session of its own: it is stopped by its own process id.
        self.postfix_master = int((self.directory / "postfix-queue/pid/master.pid").read_text())

    def run(self, command):
        log = open(self.directory / f"{pathlib.Path(command[0]).name}.out", "wb")
        self.processes.append(subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                               start_new_session=True))
        return self.processes[-1]

    def await_ports(self, *names):
        deadline = time.monotonic() + 20
        for name in names:
            while True:
                try:
                    socket.create_connection(("127.0.0.1", self.ports[name]), timeout=1).close()
                    break
                except OSError:
                    dead = self.processes[-1].poll()
                    if dead is not None or time.monotonic() > deadline:
                        raise RuntimeError(f"{name} does not listen; logs:\n{self.logs()}") from None
                    time.sleep(0.02)

    def logs(self):
        return "\n".join(f"== {p.name}\n{p.read_text(errors='replace')[-3000:]}"
                         for p in sorted([*self.directory.glob("*.log"), *self.directory.glob("*.out")]))

    def stop(self):
        if self.postfix_master:
            os.kill(self.postfix_master, signal.SIGTERM)
            self.postfix_master = None
        for process in reversed(self.processes):
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in reversed(self.processes):
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self.processes.clear()
