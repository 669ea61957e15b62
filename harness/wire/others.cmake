# What this room holds beside IMAP: sources relative to harness/wire, and the libraries they need.
set(wire_other_sources
    line_ends.cpp
    mail/body.cpp
    mail/dates.cpp
    mail/envelope.cpp
    mail/field_reader.cpp
    mail/header.cpp
    mail/section.cpp
    mail/structure.cpp
    mail/utf7.cpp
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
    sieve/frame_reader.cpp
    sieve/response.cpp
    sieve/value_reader.cpp
    smtp/ehlo.cpp
    smtp/frame_reader.cpp
    smtp/reply.cpp)
set(wire_other_libraries PkgConfig::gsasl mailspec_gmime_module ${CMAKE_DL_LIBS})

# GMime and GLib take 1.4 ms to be loaded, more than all else that `mailspec list` does; so what needs them is a
# module that the program loads when it first reads a message (mail/field_reader.cpp).
add_library(mailspec_gmime MODULE mail/gmime_module.cpp)
target_link_libraries(mailspec_gmime PRIVATE mailspec_options PkgConfig::gmime)
set_target_properties(mailspec_gmime PROPERTIES PREFIX "" LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}
    CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
add_library(mailspec_gmime_module INTERFACE)
add_dependencies(mailspec_gmime_module mailspec_gmime)
set_source_files_properties(mail/field_reader.cpp PROPERTIES COMPILE_DEFINITIONS
    "MAILSPEC_GMIME_FILE=\"mailspec_gmime.so\";MAILSPEC_GMIME_PATH=\"${PROJECT_BINARY_DIR}/mailspec_gmime.so\"")
