# Tests of what the room holds beside IMAP, relative to tests/wire.
set(wire_other_tests
    sasl_exchange.cpp)
