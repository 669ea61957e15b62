#include "harness/wire/mail/header.hpp"
#include "harness/wire/mail/structure.hpp"

#include <gmime/gmime.h>
#include <gtest/gtest.h>

#include <memory>

namespace {

using namespace mailspec::wire::mail;

struct unref {
    template <typename Thing> void operator()(Thing* thing) const { g_object_unref(thing); }
};
template <typename Thing> using object = std::unique_ptr<Thing, unref>;

/// The octets of a leaf as GMime cut them, transfer encoding not undone.
std::string raw_content(GMimePart* leaf) {
    GMimeDataWrapper* const content = g_mime_part_get_content(leaf);
    if (content == nullptr) {
        return {};
    }
    GMimeStream* const from = g_mime_data_wrapper_get_stream(content);
    g_mime_stream_reset(from);
    const object<GMimeStream> to(g_mime_stream_mem_new());
    g_mime_stream_write_to_stream(from, to.get());
    GByteArray* const octets = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(to.get()));
    return {reinterpret_cast<const char*>(octets->data), octets->len};
}

/// One line for each leaf: its path, type and octets.
void tell(GMimeObject* p, const std::string& path, std::string& out) {
    if (GMIME_IS_MULTIPART(p)) {
        auto* const parts = GMIME_MULTIPART(p);
        for (int i = 0; i < g_mime_multipart_get_count(parts); ++i) {
            tell(g_mime_multipart_get_part(parts, i), path + "." + std::to_string(i + 1), out);
        }
    } else if (GMIME_IS_MESSAGE_PART(p)) {
        auto* const inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(p));
        tell(g_mime_message_get_mime_part(inner), path + ".m", out);
    } else {
        char* const type = g_mime_content_type_get_mime_type(g_mime_object_get_content_type(p));
        out += path + " " + type + " [" + raw_content(GMIME_PART(p)) + "]\n";
        g_free(type);
    }
}

std::string by_gmime(const std::string& message) {
    const object<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(message.data(), message.size()));
    const object<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    const object<GMimeMessage> read(g_mime_parser_construct_message(parser.get(), nullptr));
    std::string out;
    if (read) {
        tell(g_mime_message_get_mime_part(read.get()), "", out);
    }
    return out;
}

void tell(const part& p, const std::string& path, std::string& out) {
    switch (p.what) {
    case part::form::multipart:
        for (std::size_t i = 0; i < p.children.size(); ++i) {
            tell(p.children[i], path + "." + std::to_string(i + 1), out);
        }
        break;
    case part::form::message: tell(p.children.front(), path + ".m", out); break;
    case part::form::leaf: out += path + " " + p.type.type + "/" + p.type.subtype + " [" + std::string(p.body) + "]\n";
    }
}

std::string by_us(const std::string& message) {
    std::string out;
    tell(read_structure(message), "", out);
    return out;
}

class MailStructureAgreement : public testing::Test {
protected:
    static void SetUpTestSuite() { g_mime_init(); }
};

TEST_F(MailStructureAgreement, CutsWellFormedMessagesAsGmimeDoes) {
    const std::string mixed = "Content-Type: multipart/mixed; boundary=\"x y\"\r\n\r\n";
    for (const std::string& message : {
             std::string("Subject: a\r\n\r\nhello\r\nworld\r\n"),
             std::string("Subject: a\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>"),
             mixed + "pre\r\n--x y\r\n\r\none\r\n\r\n--x y\r\nContent-Type: image/png\r\n\r\ntwo\r\n--x "
                     "y--\r\nepilogue\r\n",
             mixed + "--x y  \r\nA: b\r\n\r\n\r\n--x y\r\n\r\n--x y--",
             mixed + "--x y\r\nContent-Type: message/rfc822\r\n\r\nSubject: in\r\n\r\nbody\r\n--x y\r\n\r\nlast\r\n--x "
                     "y--\r\n",
             mixed +
                 "--x y\r\nContent-Type: multipart/alternative; boundary=\"x yz\"\r\n\r\n--x yz\r\n\r\na\r\n--x yz\r\n"
                 "Content-Type: text/html\r\n\r\nb\r\n--x yz--\r\n\r\n--x y\r\n\r\nc\r\n--x y--\r\n",
             mixed +
                 "--x y\r\nContent-Type: multipart/alternative; boundary=inner\r\n\r\n--inner\r\n\r\nnever closed\r\n"
                 "--x y\r\n\r\nc\r\n--x y--\r\n",
             std::string(
                 "Content-Type: multipart/digest; boundary=d\r\n\r\n--d\r\n\r\nSubject: 1\r\n\r\none\r\n--d\r\n\r\n"
                 "Subject: 2\r\n\r\ntwo\r\n--d--\r\n"),
             std::string("Content-Type: message/rfc822\r\n\r\nSubject: in\r\n\r\nhi\r\n"),
             mixed + "--x y\r\n\r\nonly\r\nand not closed\r\n",
             std::string("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nunix\n--b\n\nlines\n--b--\n"),
         }) {
        EXPECT_EQ(by_us(message), by_gmime(message)) << message;
    }
}

TEST_F(MailStructureAgreement, HoldsForManyMadeUpMessages) {
    // No delimiter right behind a delimiter: RFC 2046 wants a line end of its own before each.
    const std::string_view pieces[] = {"\r\n--b\r\n\r\n",
                                       "\r\n--b\r\nContent-Type: image/gif\r\n\r\n",
                                       "\r\n--b--\r\n",
                                       "\r\n\r\n",
                                       "\r\n",
                                       "text",
                                       "Subject: s\r\n\r\n",
                                       "\r\n --b\r\n",
                                       "\r\n--bc\r\n",
                                       "--c--\n"};
    std::uint32_t seed = 1;
    for (int round = 0; round < 2000; ++round) {
        std::string message = "Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nfirst";
        for (int i = 0; i < 6; ++i) {
            seed = seed * 1664525u + 1013904223u;
            message += pieces[(seed >> 16) % std::size(pieces)];
        }
        message += "\r\n--b--\r\n";
        ASSERT_EQ(by_us(message), by_gmime(message)) << message;
    }
}

} // namespace
