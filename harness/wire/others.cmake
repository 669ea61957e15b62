# What this room holds beside IMAP: sources relative to harness/wire, and the libraries they need.
set(wire_other_sources
    line_ends.cpp
    pop3/frame_reader.cpp
    pop3/reply.cpp
    smtp/ehlo.cpp
    smtp/frame_reader.cpp
    smtp/reply.cpp)
set(wire_other_libraries)
