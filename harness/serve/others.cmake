# POP3, SMTP and what listens; relative to harness/serve.
set(serve_other_sources
    delivery.cpp
    line_input.cpp
    line_session.cpp
    login_exchange.cpp
    connection.cpp
    pop3/maildrop.cpp
    pop3/session.cpp
    pop3/session_transaction.cpp
    pop3/writer.cpp
    server.cpp
    smtp/data_input.cpp
    smtp/path.cpp
    smtp/session.cpp
    smtp/session_login.cpp
    smtp/session_mail.cpp
    smtp/writer.cpp)
