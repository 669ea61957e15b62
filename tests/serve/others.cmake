# Tests of POP3, SMTP and what listens; relative to tests/serve.
set(serve_other_tests
    other_mischief.cpp
    pop3_session.cpp
    server_sockets.cpp
    smtp_session.cpp)
