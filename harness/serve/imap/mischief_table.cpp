#include "harness/rfc/catalogue.hpp"
#include "harness/serve/imap/garble.hpp"
#include "harness/serve/imap/spoilt_fetch.hpp"
#include "harness/serve/mischief.hpp"

#include <vector>

namespace mailspec::serve {

namespace req = rfc::req;

std::span<const rfc::requirement* const> imap_mischief() {
    static const auto list = [] {
        std::vector<const rfc::requirement*> all = {
            &req::imap_append_exists,
            &req::imap_append_flags_date,
            &req::imap_authenticate,
            &req::imap_capability_honoured,
            &req::imap_capability_no_starttls,
            &req::imap_close_bye,
            &req::imap_close_expunges_silently,
            &req::imap_copy,
            &req::imap_copy_creates_none,
            &req::imap_copy_preserves,
            &req::imap_create,
            &req::imap_delete,
            &req::imap_delete_inferiors,
            &req::imap_delete_noselect,
            &req::imap_enable,
            &req::imap_esearch,
            &req::imap_examine_read_only,
            &req::imap_expunge_removes_deleted,
            &req::imap_fetch_answers,
            &req::imap_fetch_binary,
            &req::imap_fetch_binary_peek_no_seen,
            &req::imap_fetch_binary_sets_seen,
            &req::imap_fetch_body_halves,
            &req::imap_fetch_body_sets_seen,
            &req::imap_fetch_full,
            &req::imap_fetch_header_fields,
            &req::imap_fetch_partial,
            &req::imap_fetch_peek_no_seen,
            &req::imap_fetch_rfc822,
            &req::imap_fetch_rfc822_header_no_seen,
            &req::imap_fetch_rfc822_sets_seen,
            &req::imap_fetch_rfc822_text_sets_seen,
            &req::imap_fetch_seen_told,
            &req::imap_fetch_size,
            &req::imap_fetch_uid,
            &req::imap_fetch_uid_in_uid_fetch,
            &req::imap_idle,
            &req::imap_inbox_any_case,
            &req::imap_list_answer,
            &req::imap_list_delimiter,
            &req::imap_list_inbox,
            &req::imap_list_one_delimiter,
            &req::imap_list_recursivematch,
            &req::imap_list_special_use,
            &req::imap_literal_plus,
            &req::imap_login,
            &req::imap_login_refuses_wrong_password,
            &req::imap_mailbox_utf7_preserved,
            &req::imap_message_immutable,
            &req::imap_move,
            &req::imap_move_preserves,
            &req::imap_recent_one_session,
            &req::imap_rename,
            &req::imap_rename_inferiors,
            &req::imap_sasl_ir,
            &req::imap_search_all,
            &req::imap_search_flags,
            &req::imap_search_new,
            &req::imap_search_uid,
            &req::imap_search_unknown_charset,
            &req::imap_select_nonexistent,
            &req::imap_select_uidvalidity,
            &req::imap_select_untagged_data,
            &req::imap_sessions_see_changes,
            &req::imap_set_descending,
            &req::imap_set_star,
            &req::imap_starttls,
            &req::imap_starttls_not_in_clear,
            &req::imap_starttls_injection,
            &req::imap_status,
            &req::imap_store_flags,
            &req::imap_store_other_messages,
            &req::imap_subscribe,
            &req::imap_subscribe_kept,
            &req::imap_uid_persistent,
            &req::imap_uidnext,
            &req::imap_uidnext_no_fall,
            &req::imap_uidplus_appenduid,
            &req::imap_uidplus_uid_expunge,
            &req::imap_uidvalidity_grows,
            &req::imap_unselect,
        };
        for (const auto& g : imap::garblings())
            all.push_back(g.broken);
        const auto fetch = imap::fetch_mischief();
        all.insert(all.end(), fetch.begin(), fetch.end());
        return all;
    }();
    return list;
}

} // namespace mailspec::serve
