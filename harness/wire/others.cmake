# What this room holds beside IMAP: sources relative to harness/wire, and the libraries they need.
set(wire_other_sources
    line_ends.cpp
    pop3/frame_reader.cpp
    pop3/reply.cpp
    sasl/base64.cpp
    sasl/client.cpp
    sasl/digest.cpp
    sasl/gsasl_client.cpp
    sasl/gsasl_server.cpp
    sasl/gsasl_session.cpp
    sasl/mechanism.cpp
    sasl/oauth.cpp
    sasl/oauth_client.cpp
    sasl/oauth_server.cpp
    sasl/server.cpp
    smtp/ehlo.cpp
    smtp/frame_reader.cpp
    smtp/reply.cpp)
set(wire_other_libraries PkgConfig::gsasl)
