#include "tests/wire/imap_reading.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace mailspec::test;

TEST(ImapData, ReadsCapabilities) {
    EXPECT_EQ(wrong("* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN X-CM-EXT-1 QUOTA=RES-STORAGE"), "");
    EXPECT_EQ(wrong("* capability imap4REV2"), "");
    EXPECT_EQ(wrong("* CAPABILITY STARTTLS"), "capability@21");
    EXPECT_EQ(wrong("* CAPABILITY"), "capability@12");
    EXPECT_EQ(wrong("* CAPABILITY IMAP4rev1 "), "space@22");
    EXPECT_EQ(wrong("* CAPABILITY IMAP4rev1 (ID)"), "capability@23");
    EXPECT_EQ(wrong("* CAPABILITY IMAP4rev1 a]b"), "capability@23");
    EXPECT_EQ(wrong("* ENABLED"), "");
    EXPECT_EQ(wrong("* ENABLED CONDSTORE \"x\""), "enabled@20");
}

TEST(ImapData, ReadsFlags) {
    EXPECT_EQ(wrong("* FLAGS ()"), "");
    EXPECT_EQ(wrong("* FLAGS (\\Answered $Label1 Junk)"), "");
    EXPECT_EQ(wrong("* FLAGS"), "flags@7");
    EXPECT_EQ(wrong("* FLAGS \\Seen"), "flags@8");
    EXPECT_EQ(wrong("* FLAGS (\\*)"), "flag@9");
    EXPECT_EQ(wrong("* FLAGS (\\seen \\Recent $Forwarded)"), "");
    EXPECT_EQ(wrong("* FLAGS (\\Seen \\Undefined)"), "flag.undefined@15");
    EXPECT_EQ(wrong("* FLAGS () x"), "flags@11");
}

TEST(ImapData, ReadsLists) {
    for (const std::string_view line :
         {"* LIST () \"/\" INBOX", "* LIST (\\HasNoChildren \\Sent) \"/\" \"[Gmail]/Sent Mail\"",
          "* LSUB () NIL {1}\r\nx", "* LIST (\\Noselect) \"/\" \"\"", "* LIST () \"\\\\\" a",
          "* XLIST (\\Inbox) \"/\" \"&g0l6P3ux-\"", "* LIST () \"/\" [Gmail]/x]",
          "* LIST () \"/\" a (CHILDINFO (\"SUBSCRIBED\") \"OLDNAME\" (b))", "* LIST () \"/\" a ()",
          "* LIST () \"/\" a (X-OWN (a (b)) \"vendor.x-y\" 5)"}) {
        EXPECT_EQ(wrong(line), "") << line;
    }
}

TEST(ImapData, FindsWhatIsWrongWithLists) {
    EXPECT_EQ(wrong("* LIST"), "list@6");
    EXPECT_EQ(wrong("* LIST ()"), "list@9");
    EXPECT_EQ(wrong("* LIST () \"/\""), "list@13");
    EXPECT_EQ(wrong("* LIST NIL \"/\" x"), "list@7");
    EXPECT_EQ(wrong("* LIST () / x"), "list@10");
    EXPECT_EQ(wrong("* LIST () \"\" x"), "list@10");
    EXPECT_EQ(wrong("* LIST () \"//\" x"), "list@10");
    EXPECT_EQ(wrong("* LIST () \"/\" (x)"), "mailbox@14");
    EXPECT_EQ(wrong("* LIST () \"/\" ~{1}\r\nx"), "mailbox@14");
    EXPECT_EQ(wrong("* LIST () \"/\" x y"), "list.extended@16");
    EXPECT_EQ(wrong("* LIST () \"/\" x () y"), "list@19");
    EXPECT_EQ(wrong("* LIST (Sent) \"/\" x"), "list.attributes@8");
    EXPECT_EQ(wrong("* LIST (\"\\\\Sent\") \"/\" x"), "list.attributes@8");
    EXPECT_EQ(wrong("* LIST (\\Sent \\SENT) \"/\" x"), "list.attributes@14");
    EXPECT_EQ(wrong("* LIST (\\Marked \\Unmarked) \"/\" x"), "list.attributes@16");
    EXPECT_EQ(wrong("* LIST (\\HasChildren \\HasNoChildren) \"/\" x"), "list.children@21");
    EXPECT_EQ(wrong("* LIST () \"/\" x (CHILDINFO)"), "list.extended@26");
    EXPECT_EQ(wrong("* LIST () \"/\" x (CHILDINFO (SUBSCRIBED))"), "list.childinfo@27");
    EXPECT_EQ(wrong("* LIST () \"/\" x (OLDNAME \"y\")"), "list.oldname@25");
    EXPECT_EQ(wrong("* LIST () \"/\" x ((a) b)"), "astring@17");
}

TEST(ImapData, ReadsNamespaces) {
    EXPECT_EQ(wrong("* NAMESPACE NIL NIL NIL"), "");
    EXPECT_EQ(wrong("* NAMESPACE ((\"\" \"/\")(\"#mh/\" NIL \"X-PARAM\" (\"A\" \"B\"))) NIL NIL"), "");
    EXPECT_EQ(wrong("* NAMESPACE NIL NIL"), "namespace@19");
    EXPECT_EQ(wrong("* NAMESPACE NIL NIL NIL NIL"), "namespace@24");
    EXPECT_EQ(wrong("* NAMESPACE (\"\" \"/\") NIL NIL"), "namespace@13 namespace@16");
    EXPECT_EQ(wrong("* NAMESPACE () NIL NIL"), "namespace@12");
    EXPECT_EQ(wrong("* NAMESPACE ((\"\")) NIL NIL"), "namespace@16");
    EXPECT_EQ(wrong("* NAMESPACE ((\"\" /)) NIL NIL"), "namespace@17");
    EXPECT_EQ(wrong("* NAMESPACE ((INBOX \"/\")) NIL NIL"), "string@14");
    EXPECT_EQ(wrong("* NAMESPACE ((\"\" \"/\") (\"a\" \"/\")) NIL NIL"), "namespace@22");
    EXPECT_EQ(wrong("* NAMESPACE ((\"\" \"/\"))((\"a\" \"/\")) NIL"), "namespace@22");
    EXPECT_EQ(wrong("* NAMESPACE ((\"\" \"/\" \"X\")) NIL NIL"), "namespace@21");
}

TEST(ImapData, ReadsStatus) {
    EXPECT_EQ(wrong("* STATUS INBOX ()"), "");
    EXPECT_EQ(
        wrong("* STATUS \"a b\" (MESSAGES 0 RECENT 0 UIDNEXT 1 UIDVALIDITY 1 UNSEEN 0 DELETED 3 SIZE 4294967296)"), "");
    EXPECT_EQ(wrong("* STATUS {1}\r\na (HIGHESTMODSEQ 0 MAILBOXID (F1-_) APPENDLIMIT NIL DELETED-STORAGE 8 X-OWN (a))"),
              "");
    EXPECT_EQ(wrong("* STATUS"), "status@8");
    EXPECT_EQ(wrong("* STATUS x"), "status@10");
    EXPECT_EQ(wrong("* STATUS x NIL"), "status@11");
    EXPECT_EQ(wrong("* STATUS x (MESSAGES)"), "status@20");
    EXPECT_EQ(wrong("* STATUS x (MESSAGES -1)"), "number@21");
    EXPECT_EQ(wrong("* STATUS x (MESSAGES 4294967296)"), "number@21");
    EXPECT_EQ(wrong("* STATUS x (SIZE x)"), "number64@17");
    EXPECT_EQ(wrong("* STATUS x (HIGHESTMODSEQ NIL)"), "status.extension@26");
    EXPECT_EQ(wrong("* STATUS x (MAILBOXID F1)"), "status.extension@22");
    EXPECT_EQ(wrong("* STATUS x () y"), "status@14");
    EXPECT_EQ(wrong("* STATUS (x) ()"), "mailbox@9");
}

TEST(ImapData, ReadsSearchResults) {
    EXPECT_EQ(wrong("* SEARCH"), "");
    EXPECT_EQ(wrong("* SEARCH 2 84 882 (MODSEQ 917162500)"), "");
    EXPECT_EQ(wrong("* SEARCH "), "space@8");
    EXPECT_EQ(wrong("* SEARCH 1 0 3"), "nz-number@11");
    EXPECT_EQ(wrong("* SEARCH 1:3"), "nz-number@9");
    EXPECT_EQ(wrong("* SEARCH (MODSEQ 5)"), "search@9");
    EXPECT_EQ(wrong("* SEARCH 1 (MODSEQ)"), "search@11");
    EXPECT_EQ(wrong("* SEARCH \"1\""), "search@9");
    EXPECT_EQ(wrong("* SORT 3 2 1"), "");
    EXPECT_EQ(wrong("* SORT 3 (x)"), "sort@9");
}

TEST(ImapData, ReadsExtendedSearchResults) {
    EXPECT_EQ(wrong("* ESEARCH"), "");
    EXPECT_EQ(wrong("* ESEARCH (TAG \"A282\") UID MIN 2 MAX 9 ALL 2,10:* COUNT 0 MODSEQ 5"), "");
    EXPECT_EQ(wrong("* ESEARCH (TAG {1}\r\na MAILBOX \"x\" UIDVALIDITY 1) PARTIAL (1:5 NIL) ADDTO (0 2:3) X-OWN 5"),
              "");
    EXPECT_EQ(wrong("* ESEARCH (\"A282\") COUNT 5"), "esearch@10");
    EXPECT_EQ(wrong("* ESEARCH (TAG)"), "esearch@14");
    EXPECT_EQ(wrong("* ESEARCH COUNT"), "esearch@15");
    EXPECT_EQ(wrong("* ESEARCH MIN 0"), "nz-number@14");
    EXPECT_EQ(wrong("* ESEARCH ALL $"), "sequence-set@14");
    EXPECT_EQ(wrong("* ESEARCH ALL (1)"), "sequence-set@14");
    EXPECT_EQ(wrong("* ESEARCH COUNT x"), "number@16");
    EXPECT_EQ(wrong("* ESEARCH X-OWN \"x\""), "esearch@16");
}

TEST(ImapData, ReadsThreads) {
    EXPECT_EQ(wrong("* THREAD"), "");
    EXPECT_EQ(wrong("* THREAD (2)(3 6 (4 23)(44 7 96))((1)(5))"), "");
    EXPECT_EQ(wrong("* THREAD (2) (3)"), "thread@13");
    EXPECT_EQ(wrong("* THREAD ()"), "thread@9");
    EXPECT_EQ(wrong("* THREAD 2"), "thread@9");
    EXPECT_EQ(wrong("* THREAD (0)"), "nz-number@10");
    EXPECT_EQ(wrong("* THREAD (1 (2))"), "thread@9");
    EXPECT_EQ(wrong("* THREAD (1 (2)(3) 4)"), "thread@19");
}

TEST(ImapData, ReadsVanished) {
    EXPECT_EQ(wrong("* VANISHED 405,407,410:412"), "");
    EXPECT_EQ(wrong("* VANISHED (EARLIER) 41,43:116"), "");
    EXPECT_EQ(wrong("* VANISHED"), "vanished@10");
    EXPECT_EQ(wrong("* VANISHED (LATER) 5"), "vanished@11");
    EXPECT_EQ(wrong("* VANISHED 5:*"), "vanished@11");
    EXPECT_EQ(wrong("* VANISHED 5 6"), "vanished@13");
}

TEST(ImapData, ReadsIdentification) {
    EXPECT_EQ(wrong("* ID NIL"), "");
    EXPECT_EQ(wrong("* ID ()"), "");
    EXPECT_EQ(wrong("* ID (\"name\" \"Cyrus\" \"os\" NIL)"), "");
    EXPECT_EQ(wrong("* ID"), "id@4");
    EXPECT_EQ(wrong("* ID \"x\""), "id@5");
    EXPECT_EQ(wrong("* ID (name \"x\")"), "id@6");
    EXPECT_EQ(wrong("* ID (\"name\" x)"), "id@13");
    EXPECT_EQ(wrong("* ID (\"name\")"), "id@12");
    EXPECT_EQ(wrong("* ID (\"os\" NIL \"OS\" NIL)"), "id.limits@15");
    EXPECT_EQ(wrong("* ID (\"" + std::string(31, 'x') + "\" NIL)"), "id.limits@6");
    EXPECT_EQ(wrong("* ID (\"a\" {1024}\r\n" + std::string(1024, 'x') + ")"), "");
    EXPECT_EQ(wrong("* ID (\"a\" {1025}\r\n" + std::string(1025, 'x') + ")"), "id.limits@10");
    std::string many = "* ID (";
    for (int i = 0; i < 31; ++i) {
        many += (i ? " \"f" : "\"f") + std::to_string(i) + "\" NIL";
    }
    EXPECT_EQ(wrong(many + ")"), "id.limits@" + std::to_string(many.size() - 9));
}

TEST(ImapData, ReadsQuotas) {
    EXPECT_EQ(wrong("* QUOTA \"\" (STORAGE 10 512 MESSAGE 1 9223372036854775807)"), "");
    EXPECT_EQ(wrong("* QUOTA root ()"), "");
    EXPECT_EQ(wrong("* QUOTAROOT INBOX \"\" {1}\r\na"), "");
    EXPECT_EQ(wrong("* QUOTAROOT comp.mail.mime"), "");
    EXPECT_EQ(wrong("* QUOTA"), "quota@7");
    EXPECT_EQ(wrong("* QUOTA x"), "quota@9");
    EXPECT_EQ(wrong("* QUOTA x (STORAGE 10)"), "quota@21");
    EXPECT_EQ(wrong("* QUOTA x (STORAGE x 5)"), "number64@19");
    EXPECT_EQ(wrong("* QUOTA x (\"STORAGE\" 1 5)"), "quota@11");
    EXPECT_EQ(wrong("* QUOTA x () y"), "quota@13");
    EXPECT_EQ(wrong("* QUOTAROOT"), "quotaroot@11");
    EXPECT_EQ(wrong("* QUOTAROOT x (y)"), "astring@14");
}

TEST(ImapData, ReadsRights) {
    EXPECT_EQ(wrong("* ACL INBOX Fred rwipslxetad -Fred wetd $team w"), "");
    EXPECT_EQ(wrong("* ACL INBOX"), "");
    EXPECT_EQ(wrong("* LISTRIGHTS ~/Mail/saved smith la r swicdkxte \"\""), "");
    EXPECT_EQ(wrong("* MYRIGHTS INBOX rwiptsldaex"), "");
    EXPECT_EQ(wrong("* MYRIGHTS INBOX \"\""), "");
    EXPECT_EQ(wrong("* ACL"), "acl@5");
    EXPECT_EQ(wrong("* ACL INBOX Fred"), "acl@16");
    EXPECT_EQ(wrong("* ACL INBOX Fred RW"), "acl@17");
    EXPECT_EQ(wrong("* LISTRIGHTS INBOX"), "listrights@18");
    EXPECT_EQ(wrong("* LISTRIGHTS INBOX x"), "listrights@20");
    EXPECT_EQ(wrong("* LISTRIGHTS INBOX x a (b)"), "listrights@23");
    EXPECT_EQ(wrong("* MYRIGHTS INBOX"), "myrights@16");
    EXPECT_EQ(wrong("* MYRIGHTS INBOX a b"), "myrights@19");
}

TEST(ImapData, ReadsMetadata) {
    EXPECT_EQ(wrong("* METADATA \"\" (/shared/comment {1}\r\nx /private/comment NIL \"/a\" ~{1}\r\n\1)"), "");
    EXPECT_EQ(wrong("* METADATA \"INBOX\" /shared/comment /private/comment"), "");
    EXPECT_EQ(wrong("* METADATA"), "metadata@10");
    EXPECT_EQ(wrong("* METADATA x"), "metadata@12");
    EXPECT_EQ(wrong("* METADATA x ()"), "metadata@13");
    EXPECT_EQ(wrong("* METADATA x (/a)"), "metadata@16");
    EXPECT_EQ(wrong("* METADATA x (/a b)"), "nstring@17");
    EXPECT_EQ(wrong("* METADATA x (/a NIL) y"), "metadata@22");
    EXPECT_EQ(wrong("* LANGUAGE (\"de-IT\" DE)"), "");
    EXPECT_EQ(wrong("* LANGUAGE ()"), "language@11");
    EXPECT_EQ(wrong("* LANGUAGE"), "language@10");
    EXPECT_EQ(wrong("* COMPARATOR i;unicode-casemap"), "");
    EXPECT_EQ(wrong("* COMPARATOR \"i;ascii\" (\"i;octet\" a)"), "");
    EXPECT_EQ(wrong("* COMPARATOR"), "comparator@12");
    EXPECT_EQ(wrong("* COMPARATOR a b"), "comparator@15");
}

} // namespace
