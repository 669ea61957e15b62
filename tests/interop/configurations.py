"""The configuration files of Dovecot and Postfix that servers.py fills in."""

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
