# Tests of what the room holds beside IMAP, relative to tests/wire.
set(wire_other_tests
    pop3_reply.cpp
    sasl_exchange.cpp
    sieve_response.cpp
    smtp_reply.cpp)
