# Tests of what the room holds beside IMAP, relative to tests/wire.
set(wire_other_tests
    mail_body.cpp
    mail_dates.cpp
    mail_envelope.cpp
    mail_section.cpp
    mail_utf7.cpp
    pop3_reply.cpp
    sasl_exchange.cpp
    sieve_response.cpp
    smtp_reply.cpp)

# A program of its own, for it stands in for GNU SASL's source of nonces.
mailspec_test(wire_sasl_vectors SOURCES sasl_vectors.cpp USES wire)

# Compares our cutting of messages with GMime's own parser, which the program itself does not link.
mailspec_test(wire_gmime SOURCES mail_gmime_agreement.cpp USES wire LIBRARIES PkgConfig::gmime)
